package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.ScheduledContainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scheduler holds of this host's containers against the agent's journals. */
final class LifecycleCheck {
    private static final String AGENT_STARTS_ANEW =
            "the agent reports at its next connection; if this stays, end its process: a new one takes everything over";

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private LifecycleCheck(Facts facts) {
        this.facts = facts;
    }

    static List<Finding> of(Facts facts) {
        var check = new LifecycleCheck(facts);
        if (facts.know(Store.SCHEDULER)) {
            check.node();
            check.names();
        }
        if (facts.know(Store.SCHEDULER, Store.AGENT)) {
            check.containers();
        }
        return check.findings;
    }

    private void node() {
        if (facts.scheduledNode().filter(node -> node.getReady()).isEmpty()) {
            findings.add(new Finding(
                    "node-away",
                    "node " + facts.node(),
                    "its agent is not connected to the scheduler",
                    List.of(),
                    List.of(Store.SCHEDULER),
                    "see ./gantry logs agent"));
        }
    }

    private void names() {
        Map<String, String> holders = new HashMap<>();
        for (var container : facts.scheduled().values()) {
            var other = holders.putIfAbsent(container.getName(), container.getId());
            if (other != null) {
                add(
                        "name-twice",
                        container.getId(),
                        "has the name of " + facts.container(other),
                        List.of(Store.SCHEDULER),
                        List.of(),
                        "docker rename one of them");
            }
        }
    }

    private void containers() {
        var hosted = facts.hosted();
        for (var container : facts.scheduledHere()) {
            compare(container, Optional.ofNullable(hosted.get(container.getId())));
        }
        var scheduled = facts.scheduled();
        hosted.values().stream()
                .filter(container -> !scheduled.containsKey(container.getId()))
                .forEach(this::unknown);
    }

    private void unknown(HostedContainer container) {
        if (!container.getReleased()) {
            add(
                    "container-unknown",
                    container.getId(),
                    container.getRunning() ? "runs" : "has files and a journal on this host",
                    List.of(Store.AGENT),
                    List.of(Store.SCHEDULER),
                    "nobody will ask for it again: stop the platform, remove agent/containers/" + container.getId()
                            + " in its directory, start it");
        }
    }

    private void compare(ScheduledContainer scheduled, Optional<HostedContainer> hosted) {
        var runs = hosted.filter(HostedContainer::getRunning);
        if (hasProcess(scheduled)) {
            runs.ifPresentOrElse(
                    journal -> sameRun(scheduled, journal),
                    () -> add(
                            "not-running",
                            scheduled.getId(),
                            "is running as process " + scheduled.getPid(),
                            List.of(Store.SCHEDULER),
                            List.of(Store.AGENT),
                            AGENT_STARTS_ANEW));
        } else if (runs.isPresent()) {
            add(
                    "running-unnoticed",
                    scheduled.getId(),
                    "runs as process " + runs.get().getPid() + ", but is " + scheduled.getState(),
                    List.of(Store.AGENT),
                    List.of(Store.SCHEDULER),
                    AGENT_STARTS_ANEW);
        }
        restarting(scheduled, hosted);
        orders(scheduled, hosted);
        hosted.ifPresent(journal -> news(scheduled, journal));
        if (scheduled.getRan() && hosted.filter(HostedContainer::getHasOutput).isEmpty()) {
            add(
                    "output-lost",
                    scheduled.getId(),
                    "has run, but nothing of its output is there",
                    List.of(Store.SCHEDULER),
                    List.of(Store.AGENT),
                    "what it wrote is lost; docker start goes on with a new log");
        }
    }

    static boolean hasProcess(ScheduledContainer container) {
        return container.getState().equals("running") || container.getState().equals("paused");
    }

    /** Its place in the network and its volumes stay its own: it runs, or it does again soon. */
    static boolean isUp(ScheduledContainer container) {
        return hasProcess(container)
                || container.getState().equals("restarting")
                || !container.getOpenOrdersList().isEmpty();
    }

    private void sameRun(ScheduledContainer scheduled, HostedContainer journal) {
        if (scheduled.getRun() != journal.getRun() || scheduled.getPid() != journal.getPid()) {
            add(
                    "other-run",
                    scheduled.getId(),
                    "the scheduler says run " + scheduled.getRun() + " as process " + scheduled.getPid()
                            + ", the agent run " + journal.getRun() + " as process " + journal.getPid(),
                    List.of(),
                    List.of(),
                    AGENT_STARTS_ANEW);
        }
    }

    private void restarting(ScheduledContainer scheduled, Optional<HostedContainer> hosted) {
        if (scheduled.getState().equals("restarting")
                && hosted.filter(journal -> journal.getRestartDue() || journal.getRunning())
                        .isEmpty()) {
            add(
                    "restart-forgotten",
                    scheduled.getId(),
                    "is to be started again after run " + scheduled.getRun(),
                    List.of(Store.SCHEDULER),
                    List.of(Store.AGENT),
                    "docker stop it, then docker start it");
        }
    }

    /** An order that is being carried out may take its time: the grace of a stop, the fetch of an image. */
    private void orders(ScheduledContainer scheduled, Optional<HostedContainer> hosted) {
        var busy = hosted.filter(HostedContainer::getOrdersOpen).isPresent();
        if (!scheduled.getOpenOrdersList().isEmpty() && !busy) {
            add(
                    "order-unanswered",
                    scheduled.getId(),
                    "nobody carries out " + String.join(", ", scheduled.getOpenOrdersList()),
                    List.of(Store.SCHEDULER),
                    List.of(Store.AGENT),
                    "it is sent again by itself while its agent is connected");
        } else if (scheduled.getState().equals("removing") && !busy) {
            add(
                    "removal-stuck",
                    scheduled.getId(),
                    "is being removed and does not get on",
                    List.of(Store.SCHEDULER),
                    List.of(),
                    "it goes on by itself when agent, network-service and volume-service answer");
        }
    }

    private void news(ScheduledContainer scheduled, HostedContainer journal) {
        if (journal.getUnacknowledged() > 0) {
            add(
                    "unacknowledged",
                    scheduled.getId(),
                    journal.getUnacknowledged() + " observations wait to be acknowledged",
                    List.of(Store.AGENT),
                    List.of(Store.SCHEDULER),
                    "they are sent again by themselves while the scheduler is there");
        }
        if (journal.getGeneration() > scheduled.getGeneration()) {
            add(
                    "order-from-nobody",
                    scheduled.getId(),
                    "the agent has order " + journal.getGeneration() + ", the scheduler gave "
                            + scheduled.getGeneration(),
                    List.of(Store.AGENT),
                    List.of(Store.SCHEDULER),
                    "the scheduler's database is older than the agent's journal: was it restored?");
        }
        if (journal.getReleased() && !scheduled.getState().equals("removing")) {
            add(
                    "released-early",
                    scheduled.getId(),
                    "is " + scheduled.getState() + ", but given back on its host",
                    List.of(Store.SCHEDULER),
                    List.of(Store.AGENT),
                    "docker rm it");
        }
    }

    private void add(String kind, String id, String what, List<Store> known, List<Store> missing, String remedy) {
        findings.add(new Finding(kind, facts.container(id), what, known, missing, remedy));
    }
}
