package dev.gantry.agent.plan;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.launch.Bytes;
import dev.gantry.linux.seccomp.KernelVersion;
import dev.gantry.linux.seccomp.SeccompCompiler;
import dev.gantry.linux.seccomp.SeccompException;
import dev.gantry.linux.seccomp.SeccompProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** HostConfig.SecurityOpt: {@code no-new-privileges[=true]}, {@code seccomp=unconfined}, {@code seccomp=<profile as JSON>}. */
final class SecurityOptions {
    private static final String UNCONFINED = "unconfined";
    private static final String BUILTIN = "builtin";

    /** The default profile costs milliseconds to compile; nearly all containers share one set of capabilities. */
    private static final Map<CapabilitySet, Bytes> COMPILED_DEFAULT = new ConcurrentHashMap<>();

    private static final KernelVersion KERNEL = KernelVersion.parse(System.getProperty("os.version", ""));

    private final boolean noNewPrivileges;
    private final String seccomp;

    private SecurityOptions(boolean noNewPrivileges, String seccomp) {
        this.noNewPrivileges = noNewPrivileges;
        this.seccomp = seccomp;
    }

    static SecurityOptions parse(List<String> options, boolean privileged) {
        var noNewPrivileges = false;
        var seccomp = privileged ? UNCONFINED : BUILTIN;
        for (var option : options) {
            var split = option.split("[=:]", 2);
            var value = split.length == 2 ? split[1] : "";
            switch (split[0]) {
                case "no-new-privileges" -> noNewPrivileges = !value.equals("false");
                case "seccomp" -> seccomp = value;
                case "label", "apparmor" -> {} // neither is in force on this host
                default -> throw ErrorCode.INVALID_PARAMETER.with("invalid --security-opt: " + option);
            }
        }
        return new SecurityOptions(noNewPrivileges, seccomp);
    }

    boolean noNewPrivileges() {
        return noNewPrivileges;
    }

    /** The filter's program; empty: none. */
    Bytes filter(CapabilitySet capabilities) {
        return switch (seccomp) {
            case UNCONFINED -> Bytes.EMPTY;
            case BUILTIN ->
                COMPILED_DEFAULT.computeIfAbsent(capabilities, set -> compile(SeccompProfile.dockerDefault(), set));
            default -> custom(capabilities);
        };
    }

    private Bytes custom(CapabilitySet capabilities) {
        try {
            return compile(SeccompProfile.parse(seccomp), capabilities);
        } catch (SeccompException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with("opening seccomp profile: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static Bytes compile(SeccompProfile profile, CapabilitySet capabilities) {
        return Bytes.of(SeccompCompiler.compile(profile, capabilities, KERNEL).bytes());
    }
}
