package io.throughline.worker.inbox;

import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.ImportId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An import that is there is booked. */
public final class StockImportNews implements InboxDesk {
    private static final Pattern IMPORT = Pattern.compile("stock-import/(I-[0-9]+)");

    private final Consumer<ImportId> imports;

    /** {@code imports} starts the process of an import, or finds that it runs. */
    public StockImportNews(Consumer<ImportId> imports) {
        this.imports = imports;
    }

    /** However often it was said, it means the same. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher imported = IMPORT.matcher(messages.getFirst().subject());
        if (!imported.matches()) {
            return Optional.empty();
        }
        imports.accept(new ImportId(imported.group(1)));
        return Optional.of(new Handling.Done());
    }
}
