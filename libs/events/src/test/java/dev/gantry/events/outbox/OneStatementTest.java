package dev.gantry.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.platform.testing.TestPlatform.Part;
import jakarta.transaction.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A change and its records in one statement, on a real PostgreSQL. */
class OneStatementTest {
    private static final TestPlatform PLATFORM = TestPlatform.start(Part.POSTGRES);
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

    private final OneTransaction transaction = new OneTransaction();
    private final Outbox outbox = new Outbox(DATABASE, transaction);
    private int wakes;

    @BeforeAll
    static void createTheTables() throws SQLException, IOException {
        DATABASE.setUrl(PLATFORM.jdbcUrl("scheduler"));
        try (var in = Objects.requireNonNull(Outbox.class.getResourceAsStream("/outbox.sql"))) {
            execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        execute("create table thing (id text primary key, version bigint not null)");
    }

    @AfterAll
    static void stop() {
        PLATFORM.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        execute("delete from outbox; delete from thing");
        transaction.status = Status.STATUS_NO_TRANSACTION;
        outbox.onCommit(() -> wakes++);
    }

    @Test
    void changesAndSaysInTheOrderGiven() throws SQLException {
        assertThat(outbox.commit(
                        insert("a"), List.of(said("one", 1, "{}"), said("two", 2, null), said("three", 3, "[]"))))
                .isTrue();
        assertThat(query("select id || version from thing")).containsExactly("a1");
        assertThat(query("select key || ' ' || version || ' ' || coalesce(value, '-') from outbox order by position"))
                .containsExactly("one 1 {}", "two 2 -", "three 3 []");
        assertThat(wakes).isEqualTo(1);
    }

    @Test
    void saysNothingOfAChangeThatMeetsNoRow() throws SQLException {
        var update =
                new OneStatement("update thing set version = ? where id = ? and version = ?", List.of(2L, "a", 1L));
        assertThat(outbox.commit(update, List.of(said("one", 2, "{}")))).isFalse();
        assertThat(query("select key from outbox")).isEmpty();
        assertThat(wakes).isZero();
    }

    @Test
    void otherChangesHappenWithTheFirstOrNotAtAll() throws SQLException {
        outbox.commit(insert("a"), List.of());
        var more = "insert into thing (id, version) select more.id, 7 from changed, unnest(?::text[]) as more (id)";
        var delete = "delete from thing using changed where id = ?";
        var next = new OneStatement("update thing set version = ? where id = ? and version = ?", List.of(2L, "a", 1L))
                .and(more, List.of((Object) new String[] {"b", "c"}))
                .and(delete, List.of("nobody"));
        assertThat(outbox.commit(next, List.of(said("one", 2, "{}")))).isTrue();
        assertThat(query("select id || version from thing order by id")).containsExactly("a2", "b7", "c7");
        assertThat(outbox.commit(next, List.of(said("two", 3, "{}")))).isFalse();
        assertThat(query("select key from outbox")).containsExactly("one");
    }

    @Test
    void changesWithoutAWord() throws SQLException {
        assertThat(outbox.commit(insert("a"), List.of())).isTrue();
        assertThat(query("select id from thing")).containsExactly("a");
        assertThat(query("select key from outbox")).isEmpty();
    }

    @Test
    void changesNothingWhenTheLogRefuses() throws SQLException {
        outbox.commit(insert("a"), List.of());
        assertThatThrownBy(() -> outbox.commit(insert("a"), List.of(said("one", 1, "{}"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot commit a change: the database failed, SQLSTATE 23505")
                .hasStackTraceContaining("thing_pkey");
        assertThat(query("select key from outbox")).isEmpty();
    }

    @Test
    void refusesToCommitInsideATransaction() {
        transaction.status = Status.STATUS_ACTIVE;
        assertThatThrownBy(() -> outbox.commit(insert("a"), List.of())).hasMessageContaining("inside a transaction");
    }

    private static OneStatement insert(String id) {
        return new OneStatement("insert into thing (id, version) values (?, ?)", List.of(id, 1L));
    }

    private static OutboxRecord said(String key, long version, @Nullable String json) {
        return new OutboxRecord("topic", key, version, Instant.now(), json);
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
