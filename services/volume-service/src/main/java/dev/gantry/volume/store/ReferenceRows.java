package dev.gantry.volume.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** References as rows. Every method wants a transaction. */
@ApplicationScoped
class ReferenceRows implements PanacheRepositoryBase<ReferenceRow, ReferenceRow.Key> {
    /** In the order of the volumes' names: who locks several of those locks them in this order. */
    List<ReferenceRow> ofContainer(String container) {
        return list("key.containerId = ?1 order by volume, key.destination", container);
    }

    /** As committed by now, whatever was read before. */
    boolean mounted(ReferenceRow.Key key) {
        return count("key = ?1 and mounted", key) > 0;
    }

    /** The containers that refer to a volume. */
    List<String> users(String volume) {
        return list("volume = ?1 order by claimedAt, key.containerId", volume).stream()
                .map(row -> row.key.containerId())
                .distinct()
                .toList();
    }

    Map<String, List<String>> usersByVolume() {
        return list("order by claimedAt, key.containerId").stream()
                .collect(Collectors.groupingBy(
                        row -> row.volume,
                        Collectors.mapping(
                                row -> row.key.containerId(),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        users -> users.stream().distinct().toList()))));
    }
}
