"use strict";
// Points the editor at this service; what it keeps between visits stays in the browser.
(function () {
  const place = document.getElementById("yasgui");
  const endpoint = new URL(place.dataset.endpoint, location.href).href;
  const yasgui = new Yasgui(place, { requestConfig: { endpoint, method: "POST" }, copyEndpointOnNewTab: false, persistenceId: null });
  yasgui.getTab().setQuery("SELECT DISTINCT ?customer ?provider WHERE {\n  ?customer sp:outsourcesTo ?provider\n} LIMIT 20");
  window.yasgui = yasgui;
  document.documentElement.setAttribute("data-ready", "");
})();
