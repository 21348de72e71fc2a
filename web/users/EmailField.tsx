import type { TextInputProps } from '@mantine/core';
import { Anchor, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { rich, t } from '../languages/texts';

/** Pause in typing after which an address counts as complete, in milliseconds. */
const PAUSE_MS = 500;

/** Props of `EmailField`: those of a form's field, and of the input. */
export type EmailFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  value?: string;
  onChange: (value: string) => void;
};

/** Field for an e-mail address. Offers a correction of a mistyped domain below. */
export function EmailField({
  value = '',
  onChange,
  ...props
}: EmailFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState<string | null>(null);
  const found = useSuggestion(value);
  const suggestion = value === kept ? null : found;
  const choose = (email: string) => {
    setKept(email);
    if (email !== value) onChange(email);
    // The buttons are gone.
    input.current?.focus();
  };

  return (
    <div>
      <TextInput
        ref={input}
        type="email"
        label={t('users.email.label')}
        autoComplete="email"
        required
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        {...props}
      />
      <div role="status">
        {suggestion != null && (
          <Group gap="xs" mt={6}>
            <Text size="sm" className="wrap-anywhere">
              {rich('users.email.didYouMean', {
                email: (
                  <Anchor
                    component="button"
                    type="button"
                    underline="always"
                    className="wrap-anywhere"
                    onClick={() => choose(suggestion)}
                  >
                    <bdi>{suggestion}</bdi>
                  </Anchor>
                ),
              })}
            </Text>
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="dimmed"
              underline="always"
              onClick={() => choose(value)}
            >
              {t('users.email.keepMine')}
            </Anchor>
          </Group>
        )}
      </div>
    </div>
  );
}

/** Looks for a correction of the typed address, once typing pauses; null if there is none, or not yet. */
function useSuggestion(value: string): string | null {
  // Not when the field is left: what moves below the pointer is not clicked.
  const [settled] = useDebouncedValue(value, PAUSE_MS);
  const [found, setFound] = useState<{
    typed: string;
    email: string | null;
  } | null>(null);
  useEffect(() => {
    if (settled === '') return;
    let isCurrent = true;
    // The list of providers is fetched when it is needed. The field works without it.
    void import('./emailSuggestion')
      .then(({ suggestEmail }) => {
        if (isCurrent)
          setFound({ typed: settled, email: suggestEmail(settled) });
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [settled]);
  return found?.typed === value ? found.email : null;
}
