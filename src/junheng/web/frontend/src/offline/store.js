// What the browser keeps: posts that wait to be sent, and drafts of forms being filled in. Photographs are kept as files.
const MARK = "junheng-waiting"; // so that pages without such forms need not open the database to know that it is empty

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("junheng", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("posts", { keyPath: "id" });
      request.result.createObjectStore("drafts", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(name, mode, work) {
  const opened = await database();
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction(name, mode);
    const request = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  }).finally(() => opened.close());
}

export const posts = {
  mayBeThere: () => localStorage.getItem(MARK) !== null,
  put(post) {
    localStorage.setItem(MARK, "1");
    return inStore("posts", "readwrite", (store) => store.put(post));
  },
  remove: (id) => inStore("posts", "readwrite", (store) => store.delete(id)),
  // In the order they were made.
  async of(account) {
    const all = await inStore("posts", "readonly", (store) => store.getAll());
    return all.filter((post) => post.account === account).sort((one, other) => one.at - other.at);
  },
  markEmpty: () => localStorage.removeItem(MARK),
};

export const drafts = {
  get: (key) => inStore("drafts", "readonly", (store) => store.get(key)),
  put: (draft) => inStore("drafts", "readwrite", (store) => store.put(draft)),
  remove: (key) => inStore("drafts", "readwrite", (store) => store.delete(key)),
  // Those the server did not take, and that wait in their form for the person.
  async refused(account) {
    const all = await inStore("drafts", "readonly", (store) => store.getAll());
    return all.filter((draft) => draft.account === account && draft.refused);
  },
};
