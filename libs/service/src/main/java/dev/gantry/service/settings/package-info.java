/** Every configuration key there is: its default, its unit, what it means. A key that is not here stops the start. */
@NullMarked
package dev.gantry.service.settings;

import org.jspecify.annotations.NullMarked;
