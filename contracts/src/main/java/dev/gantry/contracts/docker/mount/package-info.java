/** What a create body asks to be mounted, in all the places where Docker has it, as one list: parsed and checked by Docker's rules, in its words. Pure. */
@NullMarked
package dev.gantry.contracts.docker.mount;

import org.jspecify.annotations.NullMarked;
