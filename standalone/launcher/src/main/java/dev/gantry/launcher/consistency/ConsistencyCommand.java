package dev.gantry.launcher.consistency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.service.instance.Instance;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./gantry doctor --consistency}. */
@Command(
        name = "consistency",
        description =
                "Compares what all stores and the kernel know. Exit code 0: they agree; 1: they do not; 2: cannot be told.")
public final class ConsistencyCommand implements Callable<Integer> {
    private static final int DISAGREE = 1;
    private static final int UNKNOWN = 2;

    @Option(names = "--json", description = "for scripts")
    private boolean json;

    @Option(
            names = "--settle",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "for how long a disagreement must be there to count (default: ${DEFAULT-VALUE})")
    private int settle;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var instance = Instance.current();
        List<Finding> findings;
        try (var collector = new Collector(instance)) {
            findings = new Settling(
                            () -> Comparison.of(collector.collect()),
                            Duration.ofSeconds(settle),
                            System::nanoTime,
                            Thread::sleep)
                    .findings();
        } catch (UncheckedIOException e) {
            System.err.println("gantry: the platform " + instance.name() + " cannot be looked at: " + e.getMessage());
            return UNKNOWN;
        }
        print(instance, findings);
        return findings.isEmpty() ? 0 : DISAGREE;
    }

    private void print(Instance instance, List<Finding> findings) throws JsonProcessingException {
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(document(instance, findings)));
            return;
        }
        findings.forEach(finding -> System.out.println(finding.line()));
        System.out.println(findings.isEmpty() ? "all stores and the kernel agree" : findings.size() + " disagreements");
    }

    private static Map<String, Object> document(Instance instance, List<Finding> findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("instance", instance.name());
        document.put("agree", findings.isEmpty());
        document.put(
                "findings", findings.stream().map(ConsistencyCommand::document).toList());
        return document;
    }

    private static Map<String, Object> document(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", finding.kind());
        document.put("subject", finding.subject());
        document.put("what", finding.what());
        document.put("known", finding.known().stream().map(Store::key).toList());
        document.put("missing", finding.missing().stream().map(Store::key).toList());
        document.put("remedy", finding.remedy());
        return document;
    }
}
