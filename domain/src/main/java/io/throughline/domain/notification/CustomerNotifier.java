package io.throughline.domain.notification;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.util.Optional;

/** Tells customers. A person without a mail address or number to write to is a done reply with reference {@code nobody}. */
public interface CustomerNotifier {
    Optional<Receipt> findSent(Notification notification);

    Reply send(Notification notification, String vendorKey);
}
