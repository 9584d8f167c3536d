package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import java.util.Collection;
import java.util.List;

/** Products of which an ERP has told and that nobody sells: should they be sold one day, all about them is asked for. */
public interface PassedOverProducts {
    void passOver(AccountId account, Collection<Sku> products);

    List<Sku> of(AccountId account);

    /** All about it has been taken in. */
    void takenIn(AccountId account, Sku product);
}
