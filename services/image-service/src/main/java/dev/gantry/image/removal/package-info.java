/** What goes when an image is removed or images are pruned: Docker's rules, decided purely. */
@NullMarked
package dev.gantry.image.removal;

import org.jspecify.annotations.NullMarked;
