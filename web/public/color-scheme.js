// Runs before the first paint, so that nobody who chose dark sees a white flash,
// and colors the frame that phones draw around the page, whenever the scheme changes.
(function () {
  var root = document.documentElement;
  var frame = document.querySelector('meta[name="theme-color"]');
  var attribute = 'data-mantine-color-scheme';

  function follow() {
    var dark = root.getAttribute(attribute) === 'dark';
    frame.setAttribute('content', dark ? '#1f1a18' : '#fbf5ec');
  }
  function choice() {
    try {
      return localStorage.getItem('neighborshare-color-scheme');
    } catch {
      // Some browsers keep nothing for anybody: then the device decides.
      return null;
    }
  }

  var device = matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    var chosen = choice();
    var dark = chosen === 'dark' || (chosen !== 'light' && device.matches);
    root.setAttribute(attribute, dark ? 'dark' : 'light');
  }

  new MutationObserver(follow).observe(root, { attributeFilter: [attribute] });
  device.addEventListener('change', apply);
  apply();
})();
