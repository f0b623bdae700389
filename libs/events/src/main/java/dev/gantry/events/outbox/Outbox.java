package dev.gantry.events.outbox;

import dev.gantry.contracts.event.CloudEvent;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * Appends records to the table {@code outbox} of the caller's database inside the caller's JTA transaction: what is
 * rolled back was never said. Each service copies {@code outbox.sql} of this jar into its first Flyway migration.
 */
public final class Outbox {
    static final String INSERT = "insert into outbox (topic, key, version, happened_at, value) values (?, ?, ?, ?, ?)";

    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transactions;
    private final List<Runnable> afterCommit = new CopyOnWriteArrayList<>();

    public Outbox(DataSource dataSource, TransactionSynchronizationRegistry transactions) {
        this.dataSource = dataSource;
        this.transactions = transactions;
    }

    /**
     * Appends in the order given.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void append(OutboxRecord... records) {
        append(List.of(records));
    }

    public void append(CloudEvent event) {
        append(OutboxRecord.event(event));
    }

    /** As {@link #append(OutboxRecord...)}. */
    public void append(List<OutboxRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("a record goes to the outbox in the transaction that makes it true");
        }
        try (var connection = dataSource.getConnection()) {
            insert(connection, records);
        } catch (SQLException e) {
            throw failed("append to the outbox", e);
        }
        transactions.registerInterposedSynchronization(new WakeAfterCommit());
    }

    /**
     * Makes a change and appends what is said of it, with a commit of its own.
     *
     * @return whether the change met a row; if not, nothing was said
     * @throws IllegalStateException inside a transaction, and when nobody knows whether it was committed
     */
    public boolean commit(OneStatement change, List<OutboxRecord> records) {
        if (transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("a change with a commit of its own inside a transaction");
        }
        boolean met;
        try (var connection = dataSource.getConnection()) {
            met = change.execute(connection, records);
        } catch (SQLException e) {
            throw failed("commit a change", e);
        }
        if (met) {
            afterCommit.forEach(Runnable::run);
        }
        return met;
    }

    /** The driver's message has the statement with its values: for the log, not for whoever asked. */
    private static IllegalStateException failed(String what, SQLException why) {
        return new IllegalStateException(
                "cannot " + what + ": the database failed, SQLSTATE " + why.getSQLState(), why);
    }

    private static void insert(Connection connection, List<OutboxRecord> records) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var record : records) {
                bind(statement, record);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, OutboxRecord record) throws SQLException {
        statement.setString(1, record.topic());
        statement.setString(2, record.key());
        statement.setLong(3, record.version());
        statement.setTimestamp(4, Timestamp.from(record.time()));
        if (record.json() == null) {
            statement.setNull(5, Types.VARCHAR);
        } else {
            statement.setString(5, record.json());
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Runs after each commit that appended something, on the committing thread: it must only signal. */
    void onCommit(Runnable wake) {
        afterCommit.add(wake);
    }

    private final class WakeAfterCommit implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                afterCommit.forEach(Runnable::run);
            }
        }
    }
}
