// Shows what the shop sends, and opens what it leads to. It answers no request of a page and keeps nothing.
const ours = (address) => {
  const url = new URL(address || "/", self.location.origin);
  return url.origin === self.location.origin ? url.href : self.location.origin;
};

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data?.json() ?? {}; } catch { /* not ours: shown without words */ }
  const actions = told.stop ? [{ action: "stop", title: told.end }] : [];
  event.waitUntil(self.registration.showNotification(told.title || "{{ shop_name|escapejs }}", {
    body: told.body || "", lang: told.lang || "", tag: told.tag || "", actions, data: { url: told.url, stop: told.stop },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url, stop } = event.notification.data || {};
  event.waitUntil(self.clients.openWindow(ours(event.action === "stop" ? stop : url)));
});
