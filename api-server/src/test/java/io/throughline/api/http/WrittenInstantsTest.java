package io.throughline.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.throughline.domain.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WrittenInstantsTest {
    private final ObjectMapper usual = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final ObjectMapper ours = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(Instant.class, new WrittenInstants()))
            .build();

    @Test
    void theyAreWrittenAsAlwaysHoweverOften() throws Exception {
        SplittableRandom random = new SplittableRandom(Seeds.next());
        for (int i = 0; i < 2_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-10_000_000_000L, 10_000_000_000L),
                    random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
            List<Instant> twice = List.of(instant, Instant.EPOCH, instant);

            assertThat(ours.writeValueAsString(twice)).isEqualTo(usual.writeValueAsString(twice));
        }
    }
}
