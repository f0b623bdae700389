package dev.gantry.agent.output;

import com.google.protobuf.ByteString;

/**
 * One line as logs know it: its newline included where it has one.
 *
 * @param at nanoseconds since the epoch, when its last byte came
 */
record Line(Stream stream, long at, ByteString bytes) {}
