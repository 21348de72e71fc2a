import styles from './HeroIllustration.module.css';

/** Decorative illustration: a shared table in the street. */
export function HeroIllustration() {
  return (
    <svg
      viewBox="0 0 480 330"
      className={styles.scene}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="378" cy="74" r="40" fill="#f6c667" />
      <path
        d="M0 250c60-38 120-48 200-34s190 8 280-28v142H0z"
        className={styles.hill}
      />
      <g>
        <path d="M40 128h104v122H40z" fill="#e9a27c" />
        <path d="M28 134 92 78l64 56z" fill="#b04a28" />
        <path d="M78 196h28v54H78z" fill="#75301b" />
        <path d="M54 150h24v24H54zM106 150h24v24h-24z" fill="#fff1d6" />
        <path d="M114 84h16v34l-16-14z" fill="#933c20" />
      </g>
      <g>
        <path d="M180 150h92v100h-92z" fill="#f4e2c6" />
        <path d="M168 156 226 104l58 52z" fill="#527f46" />
        <path d="M212 204h28v46h-28z" fill="#375630" />
        <path d="M192 170h22v22h-22zM238 170h22v22h-22z" fill="#fff8e8" />
      </g>
      <g>
        <path d="M322 140h112v110H322z" fill="#d9b38a" />
        <path d="M308 146 378 90l70 56z" fill="#8a5a34" />
        <path d="M364 198h30v52h-30z" fill="#5a3a20" />
        <path d="M334 160h24v24h-24zM402 160h24v24h-24z" fill="#fff1d6" />
      </g>
      <path
        d="M144 116c40 26 60 28 92 24s60 2 90 22"
        fill="none"
        stroke="#933c20"
        strokeWidth="2"
      />
      <path d="m162 127 12 4-10 11zM226 141l12-1-5 13z" fill="#f6c667" />
      <path d="m194 138 12 3-9 11zM258 142l12 3-9 11z" fill="#d4673a" />
      <path d="m286 147 11 6-11 9z" fill="#7fad6f" />
      <path d="M96 262h288l18 18H78z" fill="#fffaf0" />
      <path d="M78 280h324v12H78z" fill="#eadcc4" />
      <path d="M112 292h12v34h-12zM356 292h12v34h-12z" fill="#8a5a34" />
      <g>
        <path d="M136 246h56l-6 22h-44z" fill="#c25530" />
        <ellipse cx="164" cy="246" rx="28" ry="6" fill="#f1bea3" />
        <path
          d="M152 236c-4-6 4-8 0-15M166 236c-4-6 4-8 0-15M179 236c-4-6 4-8 0-15"
          fill="none"
          stroke="#bfa890"
          strokeWidth="2.5"
          strokeLinecap="round"
        />
      </g>
      <g>
        <path d="M226 268c0-17 11-26 28-26s28 9 28 26z" fill="#d99a4e" />
        <path
          d="m240 252 6 10M252 248l6 11M264 249l6 11"
          stroke="#f7dfb4"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </g>
      <g>
        <path d="M314 250h44l-5 18h-34z" fill="#679858" />
        <circle cx="324" cy="246" r="9" fill="#d4673a" />
        <circle cx="338" cy="242" r="10" fill="#f6c667" />
        <circle cx="350" cy="247" r="8" fill="#c25530" />
      </g>
    </svg>
  );
}
