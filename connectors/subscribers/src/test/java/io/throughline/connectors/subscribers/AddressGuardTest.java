package io.throughline.connectors.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final String PUBLIC = "93.184.215.14";

    /** As DNS could answer. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "hooks.example", List.of(PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"),
            "intranet.example", List.of("10.1.2.3"),
            "metadata.example", List.of("169.254.169.254"),
            "half.example", List.of(PUBLIC, "192.168.0.1"),
            "mapped.example", List.of("::ffff:10.0.0.1"),
            "localhost", List.of("127.0.0.1"));

    private static final Dns RESOLVER = host -> {
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return NAMES.get(host).stream().map(InetAddress::ofLiteral).toList();
    };

    private final AddressGuard guard = new AddressGuard(new AddressRules(Set.of(443, 8443), false), RESOLVER);
    private final AddressGuard demonstration = new AddressGuard(new AddressRules(Set.of(443), true), RESOLVER);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example/events",
                "https://HOOKS.example:8443/events?a=b",
                "https://" + PUBLIC + "/",
                "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"
            })
    void admitsThePublicInternet(String url) {
        assertThat(guard.objection(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://hooks.example/           | not https
            https://hooks.example:22/       | port 22
            https://user@hooks.example/     | a user or password in the address
            https://:word@hooks.example/    | a user or password in the address
            https://hooks.example/#part     | a fragment in the address
            https://unheard.example/        | nobody knows the host
            ftp://hooks.example/            | no http address of at most 2000 characters
            file:///etc/passwd              | no http address of at most 2000 characters
            hooks.example                   | no http address of at most 2000 characters
            //hooks.example/                | no http address of at most 2000 characters
            """)
    void saysWhatIsWrong(String url, String objection) {
        assertThat(guard.objection(url)).contains(objection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "127。0。0。1",
                "①②⑦.⓪.⓪.①",
                "127.0.0.1.",
                "%31%32%37.0.0.1",
                "0.0.0.0",
                "0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fec0::1]",
                "[ff02::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[2001:db8::1]",
                "localhost",
                "intranet.example",
                "metadata.example",
                "mapped.example",
                "half.example"
            })
    void refusesWhatIsNotOnThePublicInternet(String host) {
        assertThat(guard.objection("https://" + host + "/")).isPresent();
        assertThat(guard.objection("http://" + host + ":8080/")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:7400/", "http://localhost:1/", "https://[::1]/"})
    void aDemonstrationAdmitsThisMachine(String url) {
        assertThat(demonstration.objection(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://hooks.example/", "https://10.0.0.1/", "http://169.254.169.254/", "https://half.example/"
            })
    void aDemonstrationAdmitsNothingElse(String url) {
        assertThat(demonstration.objection(url)).isPresent();
    }

    /** The client connects to what it is given here, and asks again for each new connection. */
    @Test
    void theClientIsGivenCheckedAddressesOnly() throws UnknownHostException {
        assertThat(guard.lookup("hooks.example")).hasSize(2);
        for (String host : Arrays.asList("half.example", "metadata.example", "localhost")) {
            assertThatThrownBy(() -> guard.lookup(host)).isInstanceOf(AddressGuard.Refused.class);
        }
    }
}
