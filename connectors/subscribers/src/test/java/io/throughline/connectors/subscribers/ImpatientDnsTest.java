package io.throughline.connectors.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ImpatientDnsTest {
    private static final List<InetAddress> ADDRESSES = List.of(InetAddress.ofLiteral("93.184.215.14"));

    @Test
    void givesWhatTheResolverGives() throws UnknownHostException {
        assertThat(new ImpatientDns(host -> ADDRESSES, Duration.ofSeconds(30)).lookup("hooks.example"))
                .isEqualTo(ADDRESSES);
    }

    @Test
    void doesNotWaitForASilentNameServer() {
        CountDownLatch never = new CountDownLatch(1);
        ImpatientDns dns = new ImpatientDns(
                host -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return ADDRESSES;
                },
                Duration.ofMillis(10));

        assertThatThrownBy(() -> dns.lookup("hooks.example")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void tellsThatNobodyKnowsTheHost() {
        ImpatientDns dns = new ImpatientDns(
                host -> {
                    throw new UnknownHostException(host);
                },
                Duration.ofSeconds(30));

        assertThatThrownBy(() -> dns.lookup("hooks.example")).isInstanceOf(UnknownHostException.class);
    }
}
