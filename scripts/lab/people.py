"""Gets people into Home Assistant: the owner by onboarding, a resident by the owner, both by log-in."""

from dataclasses import dataclass

import aiohttp

from .answers import UnexpectedAnswerError, parsed, record, records, shorten, text
from .client import User


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody types to log in."""

    username: str
    password: str


async def _exchange(
    http: aiohttp.ClientSession, url: str, path: str, **body: object
) -> object:
    async with http.post(url + path, json=body) as answer:
        content = await answer.read()
    if answer.status != 200:
        said = shorten(content.decode(errors="replace"))
        raise UnexpectedAnswerError(f"{path}: {answer.status} {said}")
    return parsed(content)


async def _user(http: aiohttp.ClientSession, url: str, code: str) -> User:
    form = {"grant_type": "authorization_code", "code": code, "client_id": f"{url}/"}
    async with http.post(f"{url}/auth/token", data=form) as answer:
        token = text(record(parsed(await answer.read())), "access_token")
    return User(http, url, token)


async def log_in(http: aiohttp.ClientSession, url: str, login: Login) -> User:
    """Log in as the front end does."""
    client = f"{url}/"
    flow = record(
        await _exchange(
            http,
            url,
            "/auth/login_flow",
            client_id=client,
            handler=["homeassistant", None],
            redirect_uri=client,
        )
    )
    done = record(
        await _exchange(
            http,
            url,
            f"/auth/login_flow/{text(flow, 'flow_id')}",
            client_id=client,
            username=login.username,
            password=login.password,
        )
    )
    return await _user(http, url, text(done, "result"))


async def onboard(
    http: aiohttp.ClientSession, url: str, name: str, login: Login
) -> User:
    """Create the administrator of a new Home Assistant and finish its onboarding."""
    client = f"{url}/"
    created = record(
        await _exchange(
            http,
            url,
            "/api/onboarding/users",
            client_id=client,
            name=name,
            username=login.username,
            password=login.password,
            language="en",
        )
    )
    owner = await _user(http, url, text(created, "auth_code"))
    await owner.post("/api/onboarding/analytics", {})
    await owner.post(
        "/api/onboarding/integration", {"client_id": client, "redirect_uri": client}
    )
    return owner


async def confirm_server(owner: User) -> None:
    """Keep the server's address, which Home Assistant otherwise takes back after five minutes."""
    async with owner.channel() as channel:
        if record(await channel.command("http/config")).get("pending") is not None:
            await channel.command("http/config/promote")


async def add_user(owner: User, name: str, login: Login) -> str:
    """Create a user without an administrator's rights; returns their id."""
    async with owner.channel() as channel:
        created = record(
            await channel.command(
                "config/auth/create", name=name, group_ids=["system-users"]
            )
        )
        user_id = text(record(created["user"]), "id")
        await channel.command(
            "config/auth_provider/homeassistant/create",
            user_id=user_id,
            username=login.username,
            password=login.password,
        )
    return user_id


async def add_person(owner: User, name: str, user_id: str) -> str:
    """Create the person of a user; returns its entity id."""
    async with owner.channel() as channel:
        await channel.command(
            "person/create", name=name, user_id=user_id, device_trackers=[]
        )
    for state in records(await owner.get("/api/states")):
        if record(state["attributes"]).get("user_id") == user_id:
            return text(state, "entity_id")
    raise UnexpectedAnswerError(f"{name} has no person entity")
