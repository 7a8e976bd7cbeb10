// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails } from "@tern/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { Switch } from "../ground/switch.js";
import { Choice } from "./choice.js";
import { changing, type GroupView, SLOW_MODES } from "./groupView.js";
import { PictureField } from "./pictureField.js";
import { RuleChoices } from "./ruleChoices.js";

interface SettingsProps {
  readonly view: GroupView;
  readonly onLeft: () => void;
}

/** What the group is called, who may do what in it, and the ways out. */
export function Settings({ view, onLeft }: SettingsProps): JSX.Element | null {
  const { client, group, state, settle } = view;
  const { details } = state;
  const [isDeleting, setDeleting] = useState(false);
  if (details === undefined) {
    return null;
  }
  const { mayChangeLooks, mayModerate, mayRule, mayDelete, mayLeave } = group.rights;
  return (
    <>
      {mayChangeLooks && <Looks key={details.revision} view={view} details={details} />}
      {mayModerate && <Pace view={view} details={details} />}
      {mayRule && <Rules view={view} details={details} />}
      <p class="hint">
        {details.historyVisibility === "start"
          ? "Who joins sees what was written before."
          : "Who joins sees what is written from then on."}
      </p>
      <div class="panel-ends">
        {mayLeave && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              settle(client.leave(state.conversationId).then(onLeft), "");
            }}
          >
            <Icon name="leave" />
            Leave the group
          </button>
        )}
        {mayDelete && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              setDeleting(true);
            }}
          >
            <Icon name="bin" />
            Delete the group
          </button>
        )}
      </div>
      {isDeleting && (
        <Deletion
          name={details.name}
          onClose={() => {
            setDeleting(false);
          }}
          onDelete={() => {
            setDeleting(false);
            settle(group.delete().then(onLeft), "");
          }}
        />
      )}
    </>
  );
}

interface PartProps {
  readonly view: GroupView;
  readonly details: ConversationDetails;
}

function Looks({ view: { group, settle }, details }: PartProps): JSX.Element {
  const [name, setName] = useState(details.name);
  const [imageUrl, setImageUrl] = useState(details.imageUrl);
  const isSame = name.trim() === details.name && imageUrl.trim() === details.imageUrl;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        settle(group.change({ name: name.trim(), imageUrl: imageUrl.trim() }), "Saved");
      }}
    >
      <label class="field">
        <span>Name of the group</span>
        <input
          dir="auto"
          value={name}
          maxLength={128}
          onInput={(event) => {
            setName(event.currentTarget.value);
          }}
        />
      </label>
      <PictureField address={imageUrl} onAddress={setImageUrl} />
      <button type="submit" class="button" disabled={isSame || name.trim() === ""}>
        Save
      </button>
    </form>
  );
}

/** Freezing and slowing down. */
function Pace({ view, details }: PartProps): JSX.Element {
  const change = changing(view);
  return (
    <section class="part" aria-labelledby="pace">
      <h3 id="pace">Pace</h3>
      <Switch
        words="Frozen: only moderators and owners write"
        isOn={details.frozen}
        onSwitch={(frozen) => change({ frozen }, frozen ? "Frozen" : "No longer frozen")}
      />
      <Choice
        label="Wait between two messages"
        value={details.slowModeSeconds}
        of={SLOW_MODES}
        onChoose={(slowModeSeconds) => change({ slowModeSeconds })}
      />
    </section>
  );
}

function Rules({ view, details }: PartProps): JSX.Element {
  const change = changing(view);
  return (
    <section class="part" aria-labelledby="rules">
      <h3 id="rules">Who may do what</h3>
      <RuleChoices rules={details} onChoose={(rule, role) => change({ [rule]: role })} />
      {details.key !== "" && details.kind === "group" && (
        <Switch
          words={`Whoever knows its key “${details.key}” may join`}
          isOn={details.joinableByKey}
          onSwitch={(joinableByKey) => change({ joinableByKey })}
        />
      )}
    </section>
  );
}

interface DeletionProps {
  readonly name: string;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** What is deleted does not come back: its name must be typed. */
function Deletion({ name, onDelete, onClose }: DeletionProps): JSX.Element {
  const [typed, setTyped] = useState("");
  return (
    <Modal title="Delete the group?" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          onDelete();
        }}
      >
        <p dir="auto">All that was said in it goes, for all members, and does not come back.</p>
        <label class="field">
          <span>
            Type <bdi class="strong">{name}</bdi> to delete it
          </span>
          <input
            dir="auto"
            value={typed}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        </label>
        <div class="modal-buttons">
          <button type="button" class="button button-plain" onClick={onClose}>
            Keep
          </button>
          <button type="submit" class="button button-grave" disabled={typed.trim() !== name}>
            Delete for everybody
          </button>
        </div>
      </form>
    </Modal>
  );
}
