package dev.gantry.volume.store;

import dev.gantry.contracts.docker.DockerJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A row of {@code volume}. */
@Entity(name = "VolumeVolume")
@Table(name = "volume")
class VolumeRow {
    @Id
    String name = "";

    @Column(nullable = false)
    String driver = "";

    @Column(nullable = false)
    String node = "";

    @Column(nullable = false)
    String mountpoint = "";

    @Column(name = "created_at", nullable = false)
    long createdAt;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    @Nullable
    String labels;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    @Nullable
    String options;

    @Column(nullable = false)
    boolean removing;

    @Column(nullable = false)
    long version;

    @Column(name = "last_event", nullable = false)
    long lastEvent;

    static VolumeRow of(Volume volume) {
        var row = new VolumeRow();
        row.name = volume.name();
        row.driver = volume.driver();
        row.node = volume.node();
        row.mountpoint = volume.mountpoint();
        row.createdAt = volume.created();
        row.labels = json(volume.labels());
        row.options = json(volume.options());
        row.removing = volume.removing();
        // a later volume of the same name goes on above the versions of the one before: its clock is the host's
        row.version = volume.created() / 1_000;
        return row;
    }

    boolean made() {
        return !mountpoint.isEmpty();
    }

    Volume volume(List<String> users) {
        return new Volume(name, driver, node, mountpoint, createdAt, map(labels), map(options), users, removing);
    }

    private static @Nullable String json(@Nullable Map<String, String> map) {
        return map == null ? null : DockerJson.writeText(map);
    }

    private static @Nullable Map<String, String> map(@Nullable String json) {
        if (json == null) {
            return null;
        }
        var map = new TreeMap<String, String>();
        DockerJson.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
