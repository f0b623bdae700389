package dev.gantry.launcher.consistency;

import java.util.ArrayList;
import java.util.List;

/** All disagreements between facts of one moment. Pure; a store that is silent is one finding and no source of others. */
final class Comparison {
    private Comparison() {}

    static List<Finding> of(Facts facts) {
        var findings = new ArrayList<Finding>();
        facts.silent()
                .forEach((store, why) -> findings.add(new Finding(
                        "silent",
                        store.toString(),
                        "does not answer: " + why,
                        List.of(),
                        List.of(),
                        "see ./gantry status and ./gantry logs")));
        findings.addAll(LifecycleCheck.of(facts));
        findings.addAll(ProcessCheck.of(facts));
        findings.addAll(EndpointCheck.of(facts));
        findings.addAll(HostNetworkCheck.of(facts));
        findings.addAll(VolumeCheck.of(facts));
        findings.addAll(ImageCheck.of(facts));
        return findings;
    }
}
