package io.throughline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.throughline.domain.failure.StoreFailure;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.Order;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A statement that fails tells its kind and SQLSTATE: no bound value, no row, no word of PostgreSQL's. */
class WordlessFailureTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Order order = SampleOrder.fresh();

    @AfterEach
    void mend() {
        POSTGRES.tables().useHandle(handle -> handle.execute("drop trigger if exists stubborn on person"));
        POSTGRES.tables().useHandle(handle -> handle.execute("alter table person drop constraint if exists stubborn"));
    }

    @Test
    void ofARowThatIsRefused() {
        POSTGRES.tables()
                .useHandle(handle ->
                        handle.execute("alter table person add constraint stubborn check (ref is null) not valid"));

        assertWordless(StoreFailure.class, "23514");
    }

    @Test
    void ofAnErrorThatQuotesTheRowItself() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("create or replace function refuse_aloud() returns trigger language plpgsql as "
                    + "$$ begin raise exception 'no: %', new.content; end $$");
            handle.execute("create trigger stubborn before insert or update on person"
                    + " for each row execute function refuse_aloud()");
        });

        assertWordless(StoreFailure.class, "P0001");
    }

    @Test
    void ofAConnectionThatIsCut() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute(
                    "create or replace function cut() returns trigger language plpgsql as "
                            + "$$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return new; end $$");
            handle.execute(
                    "create trigger stubborn before insert or update on person for each row execute function cut()");
        });

        assertWordless(SystemFailure.class, "57P01");
    }

    private void assertWordless(Class<? extends RuntimeException> kind, String sqlState) {
        Throwable accepting = catchThrowable(() -> POSTGRES.database()
                .orders()
                .accept(order, SampleOrder.ada(), POSTGRES.clock().instant()));
        Throwable submitting = catchThrowable(() -> POSTGRES.database()
                .orderIntake()
                .submit("client", "key", "hash", order, SampleOrder.ada(), Optional.empty()));

        Stream.of(accepting, submitting).forEach(failure -> {
            assertThat(failure).isInstanceOf(kind).hasMessageContaining(sqlState);
            assertThat(printed(failure)).doesNotContain("Canary").doesNotContain("no:");
        });
    }

    /** As a log has it, causes and all. */
    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
