/** What a create body may ask for as long as not every field has an effect. */
@NullMarked
package dev.gantry.gateway.create;

import org.jspecify.annotations.NullMarked;
