/**
 * What the platform stands on when it runs on one host: certificates, an embedded PostgreSQL and an embedded Kafka. The
 * launcher uses it in earnest, services' tests use {@link dev.gantry.platform.testing.TestPlatform}.
 */
@NullMarked
package dev.gantry.platform;

import org.jspecify.annotations.NullMarked;
