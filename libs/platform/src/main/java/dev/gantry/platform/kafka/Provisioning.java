package dev.gantry.platform.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Brings topics and access rules to what {@link Topology} says; what is right already is left alone. */
final class Provisioning {
    private static final short ONE_COPY = 1;

    private Provisioning() {}

    static void apply(Admin admin) throws ExecutionException, InterruptedException {
        // the rules first: a service that tries early is refused for as short as can be
        var wanted = rules();
        var present =
                Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
        var names = admin.listTopics().names().get();
        var missing = Topology.topics().stream()
                .filter(topic -> !names.contains(topic.name()))
                .map(Provisioning::topic)
                .toList();
        var created = admin.createAcls(difference(wanted, present));
        var topics = admin.createTopics(missing);
        var deleted = admin.deleteAcls(
                difference(present, wanted).stream().map(AclBinding::toFilter).toList());
        created.all().get();
        topics.all().get();
        deleted.all().get();
    }

    private static List<AclBinding> difference(Set<AclBinding> left, Set<AclBinding> right) {
        return left.stream().filter(rule -> !right.contains(rule)).toList();
    }

    private static NewTopic topic(Topology.TopicSpec spec) {
        var configuration = new HashMap<>(Map.of("retention.ms", "-1", "retention.bytes", "-1"));
        if (spec.compacted()) {
            configuration.put("cleanup.policy", "compact");
        }
        return new NewTopic(spec.name(), 1, ONE_COPY).configs(configuration);
    }

    static Set<AclBinding> rules() {
        var rules = new ArrayList<AclBinding>();
        for (var grant : Topology.grants()) {
            var topic = new ResourcePattern(ResourceType.TOPIC, grant.topic(), PatternType.LITERAL);
            rules.add(allow(
                    grant.principal(), topic, AclOperation.valueOf(grant.verb().name())));
            rules.add(allow(grant.principal(), topic, AclOperation.DESCRIBE));
        }
        Topology.readers().stream().flatMap(Provisioning::ownNames).forEach(rules::add);
        return rules.stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Consumer groups and transactions that begin with the service's name are its own. */
    private static Stream<AclBinding> ownNames(String principal) {
        var group = new ResourcePattern(ResourceType.GROUP, principal, PatternType.PREFIXED);
        var transaction = new ResourcePattern(ResourceType.TRANSACTIONAL_ID, principal, PatternType.PREFIXED);
        return Stream.of(
                allow(principal, group, AclOperation.READ),
                allow(principal, group, AclOperation.DELETE),
                allow(principal, transaction, AclOperation.WRITE),
                allow(principal, transaction, AclOperation.DESCRIBE));
    }

    private static AclBinding allow(String principal, ResourcePattern resource, AclOperation operation) {
        return new AclBinding(
                resource, new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
    }
}
