/**
 * The process that starts the platform on one host and keeps it running: users and directories, certificates, PostgreSQL,
 * Kafka (inside this JVM), and then the services as processes of their own, which outlive it and are adopted by the next one.
 */
@NullMarked
package dev.gantry.launcher;

import org.jspecify.annotations.NullMarked;
