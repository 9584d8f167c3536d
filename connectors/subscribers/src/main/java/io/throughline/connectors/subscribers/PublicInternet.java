package io.throughline.connectors.subscribers;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public internet: of IPv4 everything but what IANA's registry keeps for special purposes, of IPv6 the
 * global unicast block without its special parts. What leads to another address from within (6to4, Teredo, NAT64) is no part of it.
 */
final class PublicInternet {
    private static final List<Block> NOT_IPV4 = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.31.196.0", 24),
            Block.of("192.52.193.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("192.175.48.0", 24),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3));

    private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);

    private static final List<Block> NOT_IPV6 =
            List.of(Block.of("2001::", 23), Block.of("2001:db8::", 32), Block.of("2002::", 16), Block.of("3fff::", 20));

    private PublicInternet() {}

    static boolean has(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? NOT_IPV4.stream().noneMatch(block -> block.has(bytes))
                : GLOBAL_UNICAST.has(bytes) && NOT_IPV6.stream().noneMatch(block -> block.has(bytes));
    }

    /** All addresses that begin with the same bits. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Block(byte[] first, int bits) {
        static Block of(String first, int bits) {
            return new Block(InetAddress.ofLiteral(first).getAddress(), bits);
        }

        boolean has(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
