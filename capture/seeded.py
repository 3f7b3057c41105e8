"""The rules every memory starts with: vaults, banks and private browsing, by word and not only by product.

Words of private browsing are those that browsers show in their window titles, by language. A rule that leaves
too much out (a novel called "Keeper of the Bees") is meant: the user sees the gap and can take the rule out.
"""

from __future__ import annotations

from memory.records import Rule

VAULT_WORDS = """
    vault, vaults, keeper, key keeper, pass keeper, password keeper, keychain, keychain access,
    keyring, key ring, password manager, password safe, password store, passwords, passkeys, saved
    logins, recovery code, recovery codes, seed phrase, recovery phrase, Passwörter, Kennwörter,
    Passwort-Manager, Passwortmanager, Passwort-Tresor, Passwortsafe, Schlüsselbund, Tresor, mots de
    passe, gestionnaire de mots de passe, coffre-fort, trousseau, contraseñas, gestor de
    contraseñas, llavero, gestore di password, portachiavi, senhas, gerenciador de senhas,
    palavras-passe, wachtwoorden, wachtwoordbeheer, sleutelhanger, lösenord, nyckelring,
    adgangskoder, nøglering, passordbehandler, nøkkelring, salasanat, avainnippu, hasła, menedżer
    haseł, pęk kluczy, hesla, správce hesel, klíčenka, jelszavak, jelszókezelő, parolalar, parola
    yöneticisi, κωδικοί πρόσβασης, пароли, менеджер паролей, связка ключей, паролі, менеджер
    паролів, كلمات المرور, סיסמאות, 密码管理, 密码库, 密碼管理, 密碼庫, 钥匙串, 鑰匙圈,
    パスワード管理, パスワードマネージャー, キーチェーン,
    비밀번호 관리, 암호 관리, 키체인, trình quản lý mật khẩu
"""

VAULT_PRODUCTS = """
    1Password, Bitwarden, Vaultwarden, KeePass, KeePass2, KeePassX, KeePassXC, KeeWeb, KeyKeeper,
    LastPass, Dashlane, NordPass, Proton Pass, RoboForm, Enpass, Passbolt, Psono, Buttercup, Padloc,
    SafeInCloud, Sticky Password, Zoho Vault, Password Gorilla, pwsafe, QtPass, gopass, Seahorse,
    gnome-keyring, KWalletManager, KWalletManager5, KWalletManager6, kwalletd5, kwalletd6, GNOME
    Secrets, org.gnome.World.Secrets, pinentry, Pinentry-gtk-2, pinentry-qt, ssh-askpass,
    polkit-gnome-authentication-agent-1, Authy, Aegis, 2FAS, Ente Auth, Google Authenticator,
    Electrum, Ledger Live, Trezor Suite, MetaMask
"""

BANK_WORDS = """
    banking, online banking, internet banking, mobile banking, home banking, e-banking, netbank,
    nettbank, nätbank, internetbank, bank account, account balance, Onlinebanking, Bankkonto,
    Sparkasse, Kontostand, banque en ligne, compte bancaire, banca en línea, banca online, banca
    electrónica, cuenta bancaria, banca por internet, conto corrente, internetbankieren,
    bankrekening, bankowość, bankovnictví, netbanki, verkkopankki, ibanking, интернет-банк,
    онлайн-банк, 网上银行, 网银, 網路銀行, インターネットバンキング, ネットバンキング, 인터넷뱅킹, 뱅킹
"""

PRIVATE_BROWSING = {
    "any": "InPrivate, Tor Browser, private browsing, incognito",
    "en": "private browsing, private window, incognito mode",
    "de": "Inkognito, Inkognitomodus, privater Modus, privates Fenster, privates Surfen",
    "fr": "navigation privée, fenêtre privée, mode privé",
    "es": "navegación privada, ventana privada, incógnito, modo incógnito",
    "it": "navigazione anonima, navigazione privata, finestra anonima, navigazione in incognito",
    "pt": "navegação privativa, navegação privada, navegação anônima, "
    "navegação anónima, janela anônima, janela privativa, modo anónimo",
    "nl": "privénavigatie, privévenster, incognitovenster, privémodus",
    "sv": "privat surfning, privat fönster, inkognitofönster",
    "da": "privat browsing, privat vindue, inkognitotilstand",
    "nb": "privat nettlesing, privat surfing, privat vindu, inkognitomodus",
    "fi": "yksityinen selaus, yksityinen ikkuna, incognito-tila",
    "pl": "tryb prywatny, przeglądanie prywatne, prywatne przeglądanie, okno prywatne, tryb incognito",
    "cs": "anonymní prohlížení, anonymní režim, soukromé prohlížení, anonymní okno",
    "sk": "súkromné prehliadanie, súkromné okno, režim inkognito",
    "hu": "privát böngészés, privát ablak, inkognitó",
    "ro": "navigare privată, fereastră privată, navigare incognito",
    "hr": "privatno pregledavanje, privatan prozor, anonimni način",
    "sl": "zasebno brskanje, zasebno okno",
    "et": "privaatne veebilehitsemine, privaatne aken",
    "lt": "privatusis naršymas, privatus naršymas, inkognito režimas",
    "lv": "privātā pārlūkošana, inkognito režīms",
    "tr": "gizli gezinti, gizli pencere, gizli mod",
    "el": "ιδιωτική περιήγηση, ανώνυμη περιήγηση, ιδιωτικό παράθυρο",
    "ru": "приватный, приватный просмотр, приватное окно, инкогнито, режим инкогнито",
    "uk": "приватний, приватний перегляд, приватне вікно, анонімний перегляд, анонімне вікно",
    "bg": "поверително сърфиране, поверително разглеждане, инкогнито",
    "sr": "приватно прегледање, приватно прегледавање",
    "ca": "navegació privada, finestra privada, mode d'incògnit",
    "ar": "التصفح الخاص, تصفح خاص, التصفح المتخفي, نافذة خاصة",
    "fa": "مرور خصوصی, پنجره خصوصی, ناشناس",
    "he": "גלישה פרטית, חלון פרטי, גלישה בסתר",
    "hi": "निजी ब्राउज़िंग, निजी विंडो, गुप्त मोड, गुप्त विंडो",
    "th": "การเรียกดูแบบส่วนตัว, การท่องเว็บแบบส่วนตัว, ไม่ระบุตัวตน",
    "vi": "duyệt web riêng tư, cửa sổ riêng tư, ẩn danh",
    "id": "penjelajahan pribadi, jendela pribadi, mode samaran",
    "ja": "プライベート, シークレット",
    "ko": "사생활 보호, 시크릿, 개인 정보 보호 모드",
    "zh": "隐身, 无痕, 隐私浏览, 隐私窗口, 無痕, 隱私瀏覽, 隱私視窗",
}
"""Words by language; "any" are those that every language uses."""


def seeded_rules() -> tuple[Rule, ...]:
    """Every seeded rule once, all of mode "leave": a bank's or a vault's window spoils the whole frame."""
    lists = (VAULT_WORDS, VAULT_PRODUCTS, BANK_WORDS, *PRIVATE_BROWSING.values())
    words = [" ".join(word.split()) for listed in lists for word in listed.split(",")]
    return tuple(Rule(field="any", pattern=word, seeded=True) for word in dict.fromkeys(words))
