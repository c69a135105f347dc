// Suggestions under the search box, by keyboard and screen reader as well. Nothing is asked while an input method is composing: half a syllable is no word yet.
const pause = 120; // milliseconds between the last key and the question
const form = document.querySelector('form[data-suggest]');
if (form) {
  const input = form.querySelector('input[name=q]');
  const list = Object.assign(document.createElement('ul'), { id: 'suggestions', hidden: true, className: 'suggestions' });
  const told = Object.assign(document.createElement('p'), { className: 'unseen' });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', form.dataset.list);
  told.setAttribute('role', 'status');
  form.append(list, told);
  // A search field may not be a combobox.
  input.type = 'text';
  input.inputMode = 'search';
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false']]) input.setAttribute(name, value);

  let composing = false, timer, question, asked = input.value.trim(), active = -1;
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = at => {
    active = at;
    options().forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    if (at < 0) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', options()[at].id);
    options()[at].scrollIntoView({ block: 'nearest' });
  };
  const choose = option => {
    input.value = option.dataset.text;
    close();
    form.requestSubmit();
  };
  const show = lines => {
    list.replaceChildren(...lines.map(({ text, kind }, i) => {
      const option = Object.assign(document.createElement('li'), { id: 'suggestion-' + i });
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.text = text;
      option.append(Object.assign(document.createElement('span'), { textContent: text }), Object.assign(document.createElement('span'), { textContent: kind, className: 'muted' }));
      return option;
    }));
    list.hidden = lines.length === 0;
    active = -1;
    input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-expanded', String(lines.length > 0));
    told.textContent = lines.length > 0 ? form.dataset.count.replace('{0}', lines.length) : form.dataset.none;
  };
  const ask = async () => {
    const text = input.value.trim();
    if (composing || text === asked) return;
    asked = text;
    question?.abort();
    if (!text) return close();
    question = new AbortController();
    const { signal } = question;
    try {
      const answer = await fetch(form.dataset.suggest + '?q=' + encodeURIComponent(text), { signal, headers: { accept: 'application/json' } });
      const lines = answer.ok ? await answer.json() : [];
      if (!signal.aborted && document.activeElement === input) show(lines);
    } catch (failure) {
      // A newer question took its place, or the hub is away: searching itself will say so.
      if (failure.name !== 'AbortError' && !(failure instanceof TypeError)) throw failure;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };
  input.addEventListener('compositionstart', () => {
    composing = true;
    clearTimeout(timer);
    question?.abort();
  });
  input.addEventListener('compositionend', () => {
    composing = false;
    later();
  });
  input.addEventListener('input', event => { if (!composing && !event.isComposing) later(); });
  input.addEventListener('keydown', event => {
    // Keys that choose a character belong to the input method.
    if (composing || event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const places = options().length + 1; // one of them is the field itself
      mark((active + 1 + (event.key === 'ArrowDown' ? 1 : places - 1)) % places - 1);
    }
  });
  list.addEventListener('mousedown', event => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', event => {
    const option = event.target.closest('[role=option]');
    if (option) choose(option);
  });
  input.addEventListener('blur', close);
}
