import type { StoreUse } from '../../model/system.ts'

const UNSUPPORTED = /^unsupported:/

/** How a store is called under "stores" in a configuration: a member's id, or `redis`, `sql-server`. */
export const storeKey = ({ store }: Pick<StoreUse, 'store'>) =>
  store.replace(UNSUPPORTED, '').toLowerCase().replaceAll(' ', '-')

/** How its makers write it, as far as the survey knows. */
export const storeName = ({ store }: Pick<StoreUse, 'store'>) => store.replace(UNSUPPORTED, '')

/** One use of each store, in the order in which the survey names them. */
export const distinctStores = (uses: readonly StoreUse[]): StoreUse[] =>
  uses.filter((use, index) => uses.findIndex((other) => storeKey(other) === storeKey(use)) === index)
