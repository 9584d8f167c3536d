package io.throughline.store.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuild;
import io.throughline.domain.rebuild.Rebuilds;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Map;

/** Has read models made anew, as a worker does. */
public final class Rebuilding {
    private static final int ENDLESS = 10_000;

    private Rebuilding() {}

    public static Rebuild through(PostgresExtension postgres, ReadModel model) {
        Rebuilds rebuilds = postgres.database().rebuilds();
        rebuilds.ask(model, "Ada (key 1)");
        int turns = 0;
        while (rebuilds.turn(model)) {
            turns++;
            assertThat(turns).isLessThan(ENDLESS);
        }
        return rebuilds.latest(model).orElseThrow();
    }

    /** The damage is mended, all of it and nothing else, and once more there is none. */
    public static void mends(PostgresExtension postgres, ReadModel model, String rows, int damaged, String... damage) {
        List<Map<String, Object>> before = rows(postgres, rows);
        postgres.tables().useHandle(handle -> List.of(damage).forEach(handle::execute));
        assertThat(rows(postgres, rows)).as("something is damaged").isNotEqualTo(before);

        Rebuild mended = through(postgres, model);

        assertThat(rows(postgres, rows)).isEqualTo(before);
        assertThat(mended.endedAt()).isPresent();
        assertThat(mended.differed()).as(mended.toString()).isEqualTo(damaged);
        assertThat(mended.left()).isZero();
        assertThat(mended.apart()).hasSize(Math.min(damaged, 20));
        assertThat(through(postgres, model).differed()).as("once more").isZero();
    }

    public static List<Map<String, Object>> rows(PostgresExtension postgres, String sql) {
        return postgres.tables()
                .withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }
}
