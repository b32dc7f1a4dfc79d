// The behaviour of the hub's own pages: each part looks for the elements that it serves.
"use strict";

const { baseUrl, user, xsrf } = document.body.dataset;
const all = (selector) => document.querySelectorAll(selector);

function show(problem) {
  const callout = document.getElementById("problem");
  callout.textContent = problem;
  callout.hidden = false;
}

async function api(method, path, body) {
  const address = `${baseUrl}api/users/${encodeURIComponent(user)}/${path}?_xsrf=${encodeURIComponent(xsrf)}`;
  const options = { method, headers: { "Content-Type": "application/json" } };
  const answer = await fetch(address, body ? { ...options, body: JSON.stringify(body) } : options);
  const text = await answer.text();
  const values = text ? JSON.parse(text) : {};
  if (!answer.ok) throw new Error(values.message || `The JupyterHub answered ${answer.status}.`);
  return values;
}

for (const button of all("[data-stop-server]")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await api("DELETE", "server");
      window.location.assign(`${baseUrl}home`);
    } catch (error) {
      button.disabled = false;
      show(error.message);
    }
  });
}

for (const part of all("[data-progress]")) {
  const bar = part.querySelector("progress");
  const message = part.querySelector("[data-progress-message]");
  const events = new EventSource(part.dataset.progress);
  // A hub that is just looking after a workspace refuses to tell how far its start has come, and no browser asks twice.
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => window.location.reload(), 1000);
  };
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.progress) bar.value = event.progress;
    if (event.message && !event.ready) message.textContent = event.message;
    if (event.ready) {
      events.close();
      window.location.reload();
    }
    if (event.failed) {
      events.close();
      bar.hidden = true;
      for (const part of all("[data-progress-starting]")) part.hidden = true;
      for (const offer of all("[data-progress-failed]")) offer.hidden = false;
    }
  };
}

for (const part of all("[data-reload]")) {
  setTimeout(() => window.location.reload(), Number(part.dataset.reload));
}

for (const link of all("[data-keep-hash]")) {
  link.href += window.location.hash;
  if (link.dataset.follow) setTimeout(() => link.click(), Number(link.dataset.follow));
}

for (const form of all("[data-request-token]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { note, expires, scopes } = Object.fromEntries(new FormData(form));
    const wanted = scopes.split(/[\s,]+/).filter(Boolean);
    const body = { note: note || "Made on the token page", expires_in: Number(expires) || null };
    try {
      const { token } = await api("POST", "tokens", wanted.length ? { ...body, scopes: wanted } : body);
      document.querySelector("[data-new-token-text]").textContent = token;
      document.querySelector("[data-new-token]").hidden = false;
    } catch (error) {
      show(error.message);
    }
  });
}

for (const button of all("[data-revoke]")) {
  button.addEventListener("click", async () => {
    const row = button.closest("[data-token]");
    button.disabled = true;
    try {
      await api("DELETE", `tokens/${row.dataset.token}`);
      row.remove();
    } catch (error) {
      button.disabled = false;
      show(error.message);
    }
  });
}
