-- Of which statement about a bundle a component's movement is: its source_id without the component. Recipes change, so the next version of
-- the statement may have other components; what it said of those that it no longer has is found by this and taken back.
alter table stock_movement add column bundle text;

alter table stock_movement disable trigger stock_movement_append_only;
-- Of our own only what tills sold and took back: the movements of orders are named by line and component, and are corrected by no recipe.
update stock_movement set bundle = left(source_id, length(source_id) - length(sku) - 1)
where right(source_id, length(sku) + 1) = '/' || sku
    and source not in ('people', 'opening')
    and (source <> 'throughline'
        or (source_id like 'sale/%' and left(source_id, length(source_id) - length(sku) - 1) ~ '/(SALE|RETURN)/.'));
alter table stock_movement enable trigger stock_movement_append_only;

create index stock_movement_bundles on stock_movement (source, bundle) where bundle is not null;
