package io.throughline.connectors.subscribers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Keeps what is sent away from this machine, its network and its cloud's metadata. As the client's own resolver it gives only addresses
 * that it has looked at, so that a name which leads elsewhere a moment later gains nothing.
 */
final class AddressGuard implements Dns {
    private static final int LONGEST_URL = 2_000;

    /** What the client takes for an address without asking its resolver. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9.]+");

    private final AddressRules rules;
    private final Dns resolver;

    AddressGuard(AddressRules rules, Dns resolver) {
        this.rules = rules;
        this.resolver = resolver;
    }

    /** Tells why the guard does not give an address. */
    static final class Refused extends UnknownHostException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Why nothing may be sent there; empty when it is right. Looks the host up. */
    Optional<String> objection(String text) {
        HttpUrl url = text.length() <= LONGEST_URL ? HttpUrl.parse(text) : null;
        if (url == null) {
            return Optional.of("no http address of at most " + LONGEST_URL + " characters");
        }
        return objectionToForm(url).or(() -> objectionToHost(url));
    }

    private Optional<String> objectionToForm(HttpUrl url) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return Optional.of("a user or password in the address");
        }
        if (url.fragment() != null) {
            return Optional.of("a fragment in the address");
        }
        return Optional.empty();
    }

    private Optional<String> objectionToHost(HttpUrl url) {
        try {
            boolean here = addresses(url.host()).stream().allMatch(InetAddress::isLoopbackAddress);
            if (here) {
                return Optional.empty();
            }
        } catch (Refused refused) {
            return Optional.ofNullable(refused.getMessage());
        } catch (UnknownHostException unknown) {
            return Optional.of("nobody knows the host");
        }
        if (!url.isHttps()) {
            return Optional.of("not https");
        }
        return rules.ports().contains(url.port()) ? Optional.empty() : Optional.of("port " + url.port());
    }

    /** Before each call, for what does not come by {@link #lookup}: addresses without a name, ports and schemes. */
    private List<InetAddress> addresses(String host) throws UnknownHostException {
        return LITERAL.matcher(host).matches() ? admitted(host, List.of(literal(host))) : lookup(host);
    }

    /** Octal, short and whole numbers mean different addresses to different readers. */
    private static InetAddress literal(String host) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(host);
        if (host.indexOf(':') < 0 && !address.getHostAddress().equals(host)) {
            throw new Refused(host + " is not four decimal numbers");
        }
        return address;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        return admitted(host, resolver.lookup(host));
    }

    /** One that may not be is enough to refuse the host, for nobody with good reason mixes them. */
    private List<InetAddress> admitted(String host, List<InetAddress> addresses) throws Refused {
        if (addresses.isEmpty() || !addresses.stream().allMatch(this::admits)) {
            throw new Refused(host + " is not on the public internet");
        }
        return addresses;
    }

    private boolean admits(InetAddress address) {
        return PublicInternet.has(address) || (rules.loopback() && address.isLoopbackAddress());
    }
}
