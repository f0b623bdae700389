/**
 * Talks netlink(7) to the kernel: a codec of messages and attributes, a socket that sends them and reads answers, and rtnetlink(7) on
 * top of it for links, addresses and routes. Everything but the socket is pure; nothing here starts a program.
 */
@NullMarked
package dev.gantry.linux.netlink;

import org.jspecify.annotations.NullMarked;
