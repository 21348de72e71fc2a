import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../languages/texts';

/** Returns the `search` parameter of the address, so that a search can be shared and returned to. */
export function useSearch(): string {
  const [params] = useSearchParams();
  return params.get('search')?.trim() ?? '';
}

/** Search field. Typed text is written to the URL after a short delay, from where `useSearch` reads it. */
export function SearchField({
  label,
  placeholder,
  ref,
}: {
  /** Label for screen readers; others see the icon. */
  label: string;
  placeholder: string;
  /** The input, so that a parent can focus it. */
  ref?: Ref<HTMLInputElement>;
}) {
  const search = useSearch();
  const [, setParams] = useSearchParams();
  const [text, setText] = useState(search);
  const [known, setKnown] = useState(search);
  const [sent, setSent] = useState(search);
  // The field follows changes of the address from elsewhere. Typed text reaches the address
  // a moment later, when more may have been typed already.
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
    // The text typed before is out of date.
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
              aria-label={t('ui.clearSearch')}
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
