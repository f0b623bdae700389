package dev.gantry.launcher.consistency;

import java.util.List;

/**
 * One disagreement. Two of them are the same when all they say is: a run, a pid or a count that has changed meanwhile makes another one.
 *
 * @param kind a word for scripts, for ever: {@code process-gone}
 * @param subject what it is about: {@code container 0123456789ab (web)}
 * @param what disagrees
 * @param known who knows of it
 * @param missing who should and does not
 * @param remedy what to do
 */
record Finding(String kind, String subject, String what, List<Store> known, List<Store> missing, String remedy) {
    Finding {
        known = List.copyOf(known);
        missing = List.copyOf(missing);
    }

    /** For a person. */
    String line() {
        var text = new StringBuilder(subject).append(": ").append(what);
        if (!known.isEmpty()) {
            text.append("; known to ").append(names(known));
        }
        if (!missing.isEmpty()) {
            text.append("; not to ").append(names(missing));
        }
        return text.append("; ").append(remedy).toString();
    }

    private static String names(List<Store> stores) {
        return String.join(" and ", stores.stream().map(Store::toString).toList());
    }
}
