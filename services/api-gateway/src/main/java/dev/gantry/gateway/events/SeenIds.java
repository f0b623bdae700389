package dev.gantry.gateway.events;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the latest events. A relay that died between sending and noting it sends its last batch again; that is far less than this remembers. */
final class SeenIds {
    private static final int REMEMBERED = 8192;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether the id is new, which it is not any more after this. */
    boolean add(String id) {
        return ids.putIfAbsent(id, Boolean.TRUE) == null;
    }
}
