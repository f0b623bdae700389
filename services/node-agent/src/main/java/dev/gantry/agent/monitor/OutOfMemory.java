package dev.gantry.agent.monitor;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.cgroup.CgroupException;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.process.EpollLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells when the kernel has killed a process of a container because its memory limit was reached, also when the container goes on. */
final class OutOfMemory {
    private static final Logger LOG = Logger.getLogger(OutOfMemory.class);
    private static final int EVENT_BYTES = 4096;

    private final Kernel kernel;
    private final EpollLoop loop;
    private final Cgroups cgroups;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    OutOfMemory(Kernel kernel, EpollLoop loop, Cgroups cgroups) {
        this.kernel = kernel;
        this.loop = loop;
        this.cgroups = cgroups;
    }

    /** @param tell is called once for each kill that is seen, until {@link #end} */
    void watch(String container, Runnable tell) {
        try {
            cgroups.find(container).ifPresent(group -> {
                var one = new Watched(group, group.oomEvents(kernel), tell);
                watched.put(container, one);
                one.watch = loop.watch(one.events, EpollLoop.IN, (_, _) -> one.look());
            });
        } catch (CgroupException e) {
            LOG.warnf("container %s: out of memory events cannot be seen: %s", container, e.getMessage());
        }
    }

    /** Looks once more and stops. */
    void end(String container) {
        var one = watched.remove(container);
        if (one != null) {
            one.close();
        }
    }

    private final class Watched {
        private final ContainerCgroup group;
        private final Fd events;
        private final Runnable tell;
        private EpollLoop.@Nullable Watch watch;
        private long told;

        Watched(ContainerCgroup group, Fd events, Runnable tell) {
            this.group = group;
            this.events = events;
            this.tell = tell;
            this.told = group.oomKills();
        }

        synchronized void look() {
            if (!events.isOpen()) {
                return;
            }
            drain();
            for (var kills = group.oomKills(); told < kills; told++) {
                tell.run();
            }
        }

        private void drain() {
            try {
                while (kernel.read(events.number(), new byte[EVENT_BYTES]) > 0) {
                    // what is read says nothing
                }
            } catch (KernelException e) {
                if (!e.is(Errno.EAGAIN)) {
                    throw e;
                }
            }
        }

        synchronized void close() {
            look();
            if (watch != null) {
                watch.close();
            }
            events.close();
        }
    }
}
