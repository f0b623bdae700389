/**
 * A PostgreSQL server from the binaries on the class path. {@link dev.gantry.platform.postgres.EmbeddedPostgres} is the way
 * in. One database and one role per service, both named after it; a role is proved by its certificate's common name, there is
 * no password and no other way to connect.
 */
@NullMarked
package dev.gantry.platform.postgres;

import org.jspecify.annotations.NullMarked;
