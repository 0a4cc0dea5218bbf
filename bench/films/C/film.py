"""Reference composition C: a photo that fills the frame and grows, under a lower third."""

from stage import Film, Group, Image, Rect, Scene, Text

film = Film("Reference C", width=1920, height=1080, fps=30)
scene = Scene("all", seconds=10)
photo = Image("assets/photo.jpg", inside="frame", width=1920, height=1080, fit="cover")
third = Group(
    Rect(width=12, height=150, fill="#FFC857", anchor="left"),
    Text("A quiet coast", size=56, weight=800, color="#FFFFFF", anchor="left", x=50, y=-28),
    Text("photographed at dawn", size=34, color="#E6E9F0", anchor="left", x=50, y=36),
    width=760, height=190, radius=24, fill="#101820CC", anchor="bottom-left", x=0, y=-90,
)  # fmt: skip
scene.add(photo, third)
tl = scene.timeline
tl.from_to(photo, {"scale": 1.0}, {"scale": 1.15}, duration=10, ease="none", at=0)
tl.from_(third, x=-900, duration=0.9, at=0.5)
film.add(scene)
