// What a phone keeps in order to check cards without a network: the public keys, and the newest signed list.
// Shared by the pages and by their service worker.
"use strict";

/* exported CardData */
const CardData = (() => {
  const STORE = "card-check-data";
  const KEYS = "/.well-known/card-keys", LIST = "/check/revoked";

  const kept = async (name) => (await caches.open(STORE)).match(name);
  const bytes = async (response) => new Uint8Array(await response.arrayBuffer());

  // Keys and list as they are kept; the list is null where there is none, or none that the keys vouch for.
  async function load() {
    const keysKept = await kept(KEYS);
    if (!keysKept) return { keys: new Map(), list: null };
    const keys = await Cose.readKeys(await bytes(keysKept));
    const listKept = await kept(LIST);
    const list = listKept ? await Cose.readList(await bytes(listKept), keys).catch(() => null) : null;
    return { keys, list };
  }

  // Fetch what is newest; the browser asks the server again once what it holds is no longer fresh. An older
  // list never takes a newer one's place, whoever sends it, and none is kept that is not signed.
  async function refresh() {
    const [keysSent, listSent] = await Promise.all([fetch(KEYS), fetch(LIST)]);
    if (!keysSent.ok || !listSent.ok) throw new Error("not answered");
    const store = await caches.open(STORE);
    const keys = await Cose.readKeys(await bytes(keysSent.clone()));
    if (!keys.size) throw new Error("no keys");
    const list = await Cose.readList(await bytes(listSent.clone()), keys);
    await store.put(KEYS, keysSent);
    const before = await kept(LIST);
    const known = before ? await Cose.readList(await bytes(before), keys).catch(() => null) : null;
    if (!known || list.issued >= known.issued) await store.put(LIST, listSent);
  }

  return { load, refresh };
})();
