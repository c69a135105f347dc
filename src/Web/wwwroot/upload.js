// Files of a form, sent as resumable uploads (tus 1.0) while the rest of the form is being filled in. Without this script the form sends one file itself.
(() => {
  'use strict';
  const chooser = document.querySelector('[data-chooser]');
  if (!chooser) return;
  const input = chooser.querySelector('input[type=file]');
  const list = chooser.querySelector('[data-list]');
  const template = chooser.querySelector('template');
  const announcer = chooser.querySelector('[data-announce]');
  const form = input.form;
  const submit = form.querySelector('[data-submit]');
  const words = chooser.dataset;
  const limit = Number(words.limit) || Infinity;
  const piece = 16 * 1024 * 1024;
  const files = new Set();
  let submitting = false;

  input.multiple = true;
  input.removeAttribute('name');
  input.addEventListener('change', () => { take(input.files); input.value = ''; });
  chooser.addEventListener('dragover', e => { e.preventDefault(); chooser.classList.add('over'); });
  chooser.addEventListener('dragleave', () => chooser.classList.remove('over'));
  chooser.addEventListener('drop', e => { e.preventDefault(); chooser.classList.remove('over'); take(e.dataTransfer.files); });

  form.addEventListener('submit', e => {
    if (unfinished() > 0) {
      e.preventDefault();
      submitting = true;
      announce(words.later);
      submit.disabled = true;
      return;
    }
    window.removeEventListener('beforeunload', warn);
    setTimeout(() => { submit.disabled = true; });
  });
  window.addEventListener('pageshow', e => { if (e.persisted) submit.disabled = false; });
  window.addEventListener('beforeunload', warn);
  window.addEventListener('online', () => files.forEach(f => f.retry && f.resume()));

  function warn(e) { if (unfinished() > 0) e.preventDefault(); }
  function unfinished() { return [...files].filter(f => !f.done).length; }
  function announce(text) { announcer.textContent = text; }
  function take(chosen) { for (const file of chosen) new Sending(file); }

  function size(bytes) {
    return bytes < 1e3 ? `${bytes} B` : bytes < 1e6 ? `${Math.round(bytes / 1e3)} KB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
  }

  class Sending {
    constructor(file) {
      this.file = file;
      this.memory = `hub-upload:${file.name}:${file.size}:${file.lastModified}`;
      this.row = template.content.firstElementChild.cloneNode(true);
      this.row.querySelector('[data-name]').textContent = file.name;
      this.state = this.row.querySelector('[data-state]');
      this.bar = this.row.querySelector('progress');
      this.bar.setAttribute('aria-label', file.name);
      this.pauseButton = this.button('[data-pause]', () => this.pause());
      this.resumeButton = this.button('[data-resume]', () => this.resume());
      this.button('[data-remove]', () => this.remove());
      list.append(this.row);
      list.hidden = false;
      files.add(this);
      if (file.size > limit) this.refuse(words.tooLarge);
      else this.resume();
    }

    button(selector, act) {
      const button = this.row.querySelector(selector);
      button.setAttribute('aria-label', `${button.textContent} ${this.file.name}`);
      button.addEventListener('click', act);
      return button;
    }

    say(text, aloud) {
      this.state.textContent = text;
      if (aloud) announce(`${this.file.name}: ${text}`);
    }

    show(offset) {
      const share = this.file.size === 0 ? 1 : offset / this.file.size;
      this.bar.value = Math.round(share * 1000);
      this.say(`${words.sending} ${Math.floor(share * 100)}% · ${size(offset)} / ${size(this.file.size)}`);
    }

    // Each start gets a number: answers to a start that was paused meanwhile are not listened to.
    resume() {
      clearTimeout(this.retry);
      this.retry = null;
      this.running = (this.running || 0) + 1;
      this.buttons(true);
      this.run(this.running).catch(error => { throw error; });
    }

    pause() {
      clearTimeout(this.retry);
      this.retry = null;
      this.running++;
      this.request?.abort();
      this.buttons(false);
      this.say(words.paused, true);
    }

    buttons(isSending) {
      const hadFocus = this.row.contains(document.activeElement);
      this.pauseButton.hidden = !isSending;
      this.resumeButton.hidden = isSending;
      if (hadFocus) (isSending ? this.pauseButton : this.resumeButton).focus();
    }

    remove() {
      this.running++;
      clearTimeout(this.retry);
      this.request?.abort();
      if (this.address) this.ask('DELETE', this.address, {}).catch(() => {});
      this.forget();
      files.delete(this);
      this.row.remove();
      list.hidden = files.size === 0;
      input.focus();
      this.goOn();
    }

    async run(number) {
      const current = () => number === this.running;
      try {
        let offset = await this.place();
        while (current() && offset < this.file.size) {
          this.show(offset);
          const answer = await this.ask('PATCH', this.address, { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
            this.file.slice(offset, offset + piece), sent => current() && this.show(offset + sent));
          if (!current()) return;
          if (answer.status === 204) { offset = Number(answer.getResponseHeader('Upload-Offset')); this.waited = 0; }
          else if (answer.status === 409 || answer.status === 423 || answer.status >= 502) throw new Broken();
          else return this.refuse(answer);
        }
        if (current()) this.finish();
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        if (current()) this.wait();
      }
    }

    // Where to go on: at the upload that was begun before, also before the page was closed, else at a new one.
    async place() {
      this.address ??= this.recall();
      if (this.address) {
        const known = await this.ask('HEAD', this.address, {});
        if (known.status === 200 && Number(known.getResponseHeader('Upload-Length')) === this.file.size) return Number(known.getResponseHeader('Upload-Offset'));
        if (known.status >= 500) throw new Broken();
        this.forget();
      }
      const name = btoa(String.fromCharCode(...new TextEncoder().encode(this.file.name)));
      const made = await this.ask('POST', '/uploads', { 'Upload-Length': this.file.size, 'Upload-Metadata': `filename ${name}` });
      if (made.status !== 201) { this.refuse(made); return Infinity; }
      this.address = new URL(made.getResponseHeader('Location'), location.href).pathname;
      this.keep();
      return 0;
    }

    ask(method, address, headers, body, progress) {
      return new Promise((answer, fail) => {
        const request = this.request = new XMLHttpRequest();
        request.open(method, address);
        request.setRequestHeader('Tus-Resumable', '1.0.0');
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        if (progress) request.upload.addEventListener('progress', e => progress(e.loaded));
        request.addEventListener('load', () => answer(request));
        for (const end of ['error', 'timeout', 'abort']) request.addEventListener(end, () => fail(new Broken()));
        request.send(body ?? null);
      });
    }

    wait() {
      this.waited = Math.min((this.waited || 0) * 2 || 1, 30);
      this.say(words.broken.replace('{0}', this.waited), true);
      this.retry = setTimeout(() => this.resume(), this.waited * 1000);
    }

    refuse(answer) {
      this.running = (this.running || 0) + 1;
      this.refused = true;
      this.pauseButton.hidden = this.resumeButton.hidden = true;
      this.row.classList.add('wrong');
      let text = answer;
      if (typeof answer !== 'string') {
        text = words.signin;
        if (answer.status !== 401) { try { text = JSON.parse(answer.responseText).errors[0].message; } catch { text = `HTTP ${answer.status}`; } }
      }
      this.say(text, true);
      submitting = false;
      submit.disabled = false;
    }

    finish() {
      if (this.refused) return;
      this.done = true;
      this.bar.value = 1000;
      this.pauseButton.hidden = this.resumeButton.hidden = true;
      this.row.classList.add('done');
      this.say(`${words.done} · ${size(this.file.size)}`, true);
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'upload';
      field.value = `${this.address.split('/').pop()}/${this.file.name}`;
      this.row.append(field);
      this.goOn();
    }

    goOn() { if (submitting && unfinished() === 0) { submit.disabled = false; form.requestSubmit(submit); } }

    recall() { try { return localStorage.getItem(this.memory); } catch { return null; } }
    keep() { try { localStorage.setItem(this.memory, this.address); } catch { /* no room or not allowed: it cannot go on after the page is closed, that is all */ } }
    forget() { this.address = null; try { localStorage.removeItem(this.memory); } catch { /* as above */ } }
  }

  class Broken extends Error {}
})();
