import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

/** What somebody looks for: the `search` in the address, so that it can be shared and come back to. */
export function useSearch(): string {
  const [params] = useSearchParams();
  return params.get('search')?.trim() ?? '';
}

/** Words to look for. What is typed goes into the address a moment later, and `useSearch` reads it there. */
export function SearchField({
  label,
  placeholder,
  ref,
}: {
  /** For screen readers: the picture says it to the others. */
  label: string;
  placeholder: string;
  /** The input, for whoever gives it the focus. */
  ref?: Ref<HTMLInputElement>;
}) {
  const search = useSearch();
  const [, setParams] = useSearchParams();
  const [text, setText] = useState(search);
  const [known, setKnown] = useState(search);
  const [sent, setSent] = useState(search);
  // The field follows the address where somebody else changes it. What is typed here gets
  // there a moment later, when there may be more of it already.
  if (search !== known) {
    setKnown(search);
    if (search !== sent) setText(search);
  }

  const set = (words: string) => {
    setSent(words);
    setParams(
      (params) => {
        if (words === '') params.delete('search');
        else params.set('search', words);
        return params;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  const setSoon = useDebouncedCallback(set, 300);
  const setNow = (words: string) => {
    // What was typed a moment ago is out of date.
    setSoon.cancel();
    set(words);
  };

  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setNow(text.trim());
      }}
    >
      <TextInput
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        rightSection={
          text !== '' && (
            <CloseButton
              aria-label="Clear the search"
              onClick={() => {
                setText('');
                setNow('');
              }}
            />
          )
        }
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setSoon(event.currentTarget.value.trim());
        }}
      />
    </form>
  );
}
