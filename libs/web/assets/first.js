// Before anything is drawn: the design system hides what only scripts can open again. A file of its own, so that the
// content security policy needs no exception.
document.body.className +=
  ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' nhsuk-frontend-supported' : '');
