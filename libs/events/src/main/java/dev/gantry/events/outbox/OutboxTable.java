package dev.gantry.events.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The relay's side of the outbox. One connection holds an advisory lock for as long as it lives and does all the work,
 * so a relay that lost its database has lost its leadership too.
 */
final class OutboxTable implements AutoCloseable {
    private static final long LEADER_LOCK = 0x6f7574626f78L; // "outbox"
    static final int BATCH = 256;

    // the query does not see what the update beside it does
    private static final String NEXT = "with marked as (update outbox set sent_at = now() where position = any (?))"
            + " select position, topic, key, version, happened_at, value from outbox"
            + " where sent_at is null and position <> all (?) order by position limit " + BATCH;

    private final Connection connection;

    private OutboxTable(Connection connection) {
        this.connection = connection;
    }

    record Unsent(long position, OutboxRecord record) {}

    /** The table, or nothing while another instance of the service leads. */
    static java.util.Optional<OutboxTable> lead(DataSource dataSource) throws SQLException {
        var connection = dataSource.getConnection();
        try {
            if (tryLock(connection)) {
                hurry(connection);
                return java.util.Optional.of(new OutboxTable(connection));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return java.util.Optional.empty();
    }

    /** A mark that a crash of the database forgets only means that a record is sent twice: nobody waits for the disk. */
    private static void hurry(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set synchronous_commit to off");
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LEADER_LOCK);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /**
     * Marks what was sent and looks for what is next, by one statement.
     *
     * @return the oldest unsent records, a bounded number of them
     */
    List<Unsent> next(List<Long> sent) throws SQLException {
        var positions = connection.createArrayOf("bigint", sent.toArray());
        try (var statement = connection.prepareStatement(NEXT)) {
            statement.setArray(1, positions);
            statement.setArray(2, positions);
            try (var rows = statement.executeQuery()) {
                var unsent = new ArrayList<Unsent>();
                while (rows.next()) {
                    unsent.add(read(rows));
                }
                return unsent;
            }
        }
    }

    private static Unsent read(ResultSet row) throws SQLException {
        return new Unsent(
                row.getLong(1),
                new OutboxRecord(
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6)));
    }

    /** Takes a record out of the way that Kafka will never accept; it stays in the table with the reason. */
    void refuse(long position, String reason) throws SQLException {
        try (var statement =
                connection.prepareStatement("update outbox set sent_at = now(), refused = ? where position = ?")) {
            statement.setString(1, reason);
            statement.setLong(2, position);
            statement.executeUpdate();
        }
    }

    int prune(Duration keep) throws SQLException {
        try (var statement = connection.prepareStatement(
                "delete from outbox where sent_at < now() - make_interval(secs => ?) and refused is null")) {
            statement.setLong(1, keep.toSeconds());
            return statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        // The pool would keep the session, and with it the lock and the hurry.
        try (connection;
                var statement = connection.prepareStatement(
                        "select pg_advisory_unlock(?), set_config('synchronous_commit', 'on', false)")) {
            statement.setLong(1, LEADER_LOCK);
            statement.execute();
        }
    }
}
