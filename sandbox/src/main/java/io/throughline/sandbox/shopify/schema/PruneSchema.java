package io.throughline.sandbox.shopify.schema;

import graphql.language.Document;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Command: {@code PruneSchema <full schema, .graphql or .graphql.gz> <output> <operation file or folder>...}. Refuses a full
 * schema other than the one pinned here, so that the pruned file always says what Shopify published for 2026-10.
 */
public final class PruneSchema {

    /** The published snapshot, as text and as the archive in which it is handed on. */
    private static final Set<String> PINNED_SHA256 = Set.of(
            "4480810a750b54e516b2ab5312d0a3609526a07538e5688c1d179c05734097d0",
            "1cf246a0a7c8e901ebc3194e1fed2594b2f88f4434ba5ad13ddf8ee8517f8606");

    private static final String HEADER = """
            # Shopify Admin GraphQL API 2026-10, cut down to what the operations of this project reach; see NOTICE beside this file.
            # Written by io.throughline.sandbox.shopify.schema.PruneSchema: change the operations and run it again, never this file.
            """;

    private PruneSchema() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: PruneSchema <full schema> <output> <operation file or folder>...");
            System.exit(2);
        }
        List<Path> operations = Arrays.stream(arguments).skip(2).map(Path::of).toList();
        String pruned = prune(Path.of(arguments[0]), operations);
        Files.writeString(Path.of(arguments[1]), pruned);
        System.out.println(arguments[1] + ": " + pruned.length() + " characters");
    }

    static String prune(Path fullSchema, List<Path> operations) throws IOException {
        byte[] archive = Files.readAllBytes(fullSchema);
        String hash = sha256(archive);
        if (!PINNED_SHA256.contains(hash)) {
            throw new IllegalArgumentException(fullSchema + " has sha256 " + hash + ", pinned are " + PINNED_SHA256);
        }
        TypeDefinitionRegistry full = new SchemaParser().parse(new StringReader(text(archive)), unlimited());
        return HEADER + new SchemaPruner(full).prune(documents(operations));
    }

    private static String text(byte[] archive) throws IOException {
        boolean zipped = archive.length > 2 && (archive[0] & 0xff) == 0x1f && (archive[1] & 0xff) == 0x8b;
        try (InputStream plain =
                zipped ? new GZIPInputStream(new ByteArrayInputStream(archive)) : new ByteArrayInputStream(archive)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Document> documents(List<Path> operations) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (Path given : operations) {
            try (Stream<Path> files = Files.walk(given)) {
                List<Path> sorted = files.filter(file -> file.toString().endsWith(".graphql"))
                        .sorted()
                        .toList();
                for (Path file : sorted) {
                    documents.add(new Parser()
                            .parseDocument(ParserEnvironment.newParserEnvironment()
                                    .document(Files.readString(file))
                                    .parserOptions(unlimited())
                                    .build()));
                }
            }
        }
        return documents;
    }

    private static ParserOptions unlimited() {
        return ParserOptions.newParserOptions()
                .maxCharacters(Integer.MAX_VALUE)
                .maxTokens(Integer.MAX_VALUE)
                .maxWhitespaceTokens(Integer.MAX_VALUE)
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .build();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
