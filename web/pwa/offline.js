// The build writes the texts of all languages before this: `texts`, by language and message.
(function () {
  var root = document.documentElement;

  // As web/languages/language.ts chooses it: this page comes without the app.
  function stored() {
    try {
      return localStorage.getItem('neighborshare-language');
    } catch {
      // Some browsers keep nothing for anybody: then their own language decides.
      return null;
    }
  }
  function primaryOf(tag) {
    return tag.toLowerCase().split('-')[0];
  }
  function preferred() {
    var choice = stored();
    if (Object.hasOwn(texts, choice)) return choice;
    for (var wanted of navigator.languages)
      for (var tag of Object.keys(texts))
        if (primaryOf(tag) === primaryOf(wanted)) return tag;
    return 'en';
  }

  var language = preferred();
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  for (var element of document.querySelectorAll('[data-message]'))
    element.textContent = texts[language][element.dataset.message];

  // Opens the page that was asked for once there is a connection again.
  addEventListener('online', () => location.reload());
})();
