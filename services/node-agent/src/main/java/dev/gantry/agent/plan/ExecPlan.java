package dev.gantry.agent.plan;

import static dev.gantry.agent.plan.Texts.list;
import static dev.gantry.agent.plan.Texts.orElse;

import dev.gantry.agent.rootfs.ContainerUser;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.linux.capability.CapabilityRequest;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.launch.Identity;
import dev.gantry.linux.launch.Program;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a further process of a container comes to: as its first one, but for what the request says otherwise. */
public record ExecPlan(LaunchPlan container, CreateExecRequest request) {
    /** Whom to look up in the container's files. */
    public String user() {
        return request.getUser().isEmpty() ? container.config().user() : request.getUser();
    }

    public List<String> groups() {
        return list(container.host().groupAdd());
    }

    public Program program(ContainerUser user) {
        var first = container.program(user);
        var env = Stream.concat(list(container.config().env()).stream(), request.getEnvList().stream())
                .toList();
        return new Program(
                request.getCommandList(),
                Environment.of(env, container.containerHostname(), request.getTty(), user.home()),
                workingDir(),
                new Identity(user.uid(), user.gid(), user.groups()),
                request.getPrivileged() ? LaunchPlan.of(everything(), user) : first.capabilities(),
                // also of a privileged one, as runc has it
                first.seccomp(),
                first.noNewPrivileges(),
                first.rlimits(),
                first.umask(),
                first.oomScoreAdjust());
    }

    private CapabilitySet everything() {
        return new CapabilityRequest(List.of(), List.of(), true).resolve(container.available());
    }

    private String workingDir() {
        var wanted = orElse(request.getWorkingDir(), orElse(container.config().workingDir(), "/"));
        if (!wanted.startsWith("/")) {
            throw ErrorCode.EXEC_NOT_STARTED.with("Cwd must be an absolute path");
        }
        try {
            return Path.of(wanted).normalize().toString();
        } catch (InvalidPathException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with("working directory contains a NUL byte")
                    .causedBy(e);
        }
    }
}
