package dev.gantry.events.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change of rows and what the log is told of it, as one statement: one way to the database and back and one commit, where a
 * transaction of several statements pays the way for each. For changes on the path of a start, which is counted in
 * milliseconds.
 *
 * @param change an insert, update or delete without its {@code returning}
 * @param also what else changes when the change met a row: inserts, updates or deletes that read the rows of that query
 * @param parameters in the order of all question marks
 */
public record OneStatement(String change, List<String> also, List<Object> parameters) {
    public OneStatement {
        also = List.copyOf(also);
        parameters = List.copyOf(parameters);
    }

    public OneStatement(String change, List<Object> parameters) {
        this(change, List.of(), parameters);
    }

    /** @param statement an insert, update or delete that reads from {@code changed}, so that it does nothing when the change met no row */
    public OneStatement and(String statement, List<Object> more) {
        return new OneStatement(change, joined(also, List.of(statement)), joined(parameters, more));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Nothing is said of a change that met no row. */
    private String sql() {
        return "with changed as (" + change + " returning 1), "
                + also.stream()
                        .map(other -> "also" + also.indexOf(other) + " as (" + other + "), ")
                        .collect(Collectors.joining())
                + "said as ("
                + "insert into outbox (topic, key, version, happened_at, value)"
                + " select said.topic, said.key, said.version, said.happened_at, said.value from changed,"
                + " unnest(?, ?, ?, ?, ?) with ordinality"
                + " as said (topic, key, version, happened_at, value, nth) order by nth)"
                + " select exists (select from changed)";
    }

    /** @return whether it met a row; committed when this returns, if the connection commits by itself */
    boolean execute(Connection connection, List<OutboxRecord> records) throws SQLException {
        try (var statement = connection.prepareStatement(sql())) {
            bind(connection, statement, records);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private void bind(Connection connection, PreparedStatement statement, List<OutboxRecord> records)
            throws SQLException {
        var index = 0;
        for (var parameter : parameters) {
            statement.setObject(++index, parameter);
        }
        var topics = records.stream().map(OutboxRecord::topic);
        var keys = records.stream().map(OutboxRecord::key);
        var versions = records.stream().map(OutboxRecord::version);
        var times = records.stream().map(record -> Timestamp.from(record.time()));
        var values = records.stream().map(OutboxRecord::json);
        statement.setArray(++index, connection.createArrayOf("text", topics.toArray()));
        statement.setArray(++index, connection.createArrayOf("text", keys.toArray()));
        statement.setArray(++index, connection.createArrayOf("bigint", versions.toArray()));
        statement.setArray(++index, connection.createArrayOf("timestamptz", times.toArray()));
        statement.setArray(++index, connection.createArrayOf("text", values.toArray()));
    }
}
