/**
 * From a seccomp profile as Docker writes it to the classic BPF program that the kernel runs before each system call of a
 * container. {@link dev.gantry.linux.seccomp.SeccompProfile} reads, {@link dev.gantry.linux.seccomp.SeccompCompiler}
 * decides and emits; both are pure. The meaning follows runc and libseccomp, with which a test compares every decision.
 */
@NullMarked
package dev.gantry.linux.seccomp;

import org.jspecify.annotations.NullMarked;
