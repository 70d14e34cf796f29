// Enrols a passkey, signs in with one, or signs a certification with one: the forms say which, where
// to ask, and all words. Everything else works without this file.
"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(
      atob(text.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  // What the service refuses, with its own sentence.
  class Refusal extends Error {}

  const post = async (form, path, body) => {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (form.dataset.csrf) headers["X-CSRF-Token"] = form.dataset.csrf;
    const response = await fetch(path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Refusal(answer.detail);
    return answer;
  };

  const listed = (passkeys) => passkeys.map((passkey) => ({ ...passkey, id: bytes(passkey.id) }));

  const create = async (options, form) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey });
    return {
      challenge: options.challenge,
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      label: form.elements.namedItem("label").value,
    };
  };

  const use = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: listed(options.allowCredentials),
    };
    const used = await navigator.credentials.get({ publicKey });
    const answer = {
      challenge: options.challenge,
      id: text(used.rawId),
      clientDataJSON: text(used.response.clientDataJSON),
      authenticatorData: text(used.response.authenticatorData),
      signature: text(used.response.signature),
    };
    if (used.response.userHandle) answer.userHandle = text(used.response.userHandle);
    return answer;
  };

  const run = async (form, say) => {
    if (!window.PublicKeyCredential) {
      say(form.dataset.unsupported);
      return;
    }
    say(form.dataset.working);
    try {
      const { publicKey } = await post(form, form.dataset.options, {});
      const answer =
        form.dataset.use === "enrol" ? await create(publicKey, form) : await use(publicKey);
      await post(form, form.dataset.verify, answer);
      window.location.assign(form.dataset.next);
    } catch (error) {
      if (error instanceof Refusal) say(error.message);
      else if (error instanceof DOMException) say(form.dataset.refused);
      else say(form.dataset.failed);
    }
  };

  const form = document.getElementById("passkey");
  const status = document.getElementById("passkey-status");
  if (!form || !status) return;
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await run(form, (words) => {
      status.textContent = words;
    });
    button.disabled = false;
  });
})();
