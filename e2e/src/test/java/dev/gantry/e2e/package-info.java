/** What a user does, done with real clients against a platform that really runs, in both packagings. */
@NullMarked
package dev.gantry.e2e;

import org.jspecify.annotations.NullMarked;
